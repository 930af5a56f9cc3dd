package io.github.resnetspark.job.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.file.AsideName;
import io.github.resnetspark.message.job.CheckpointFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.storage.AtomicDirectory;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run, {@code <model.dir>.run/checkpoints}. Each is written under a temporary name and then
 * renamed, so a checkpoint with a final name is complete.
 */
public final class CheckpointDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointDirectory.class);
    /** Name of the directory in the run directory. */
    public static final String NAME = "checkpoints";

    private static final Pattern CHECKPOINT = Pattern.compile("epoch-(\\d{5,})-example-(\\d{12,})");
    private static final String DAMAGED = ".damaged";

    private final Storage storage;
    private final Path path;
    private final Ownership ownership;

    /**
     * @param path directory, which need not exist
     * @param ownership is checked before anything is written, replaced or deleted
     */
    public CheckpointDirectory(Storage storage, Path path, Ownership ownership) {
        this.storage = storage;
        this.path = path;
        this.ownership = ownership;
    }

    /** The location of the checkpoint of a position. */
    public Path place(Position position) {
        return new Path(path, position.name());
    }

    /** Writes a checkpoint, and overwrites one of the same position. If that fails, no files are left. */
    public void write(Checkpoint checkpoint) throws IOException {
        ownership.require();
        try (AtomicDirectory directory = AtomicDirectory.unnamedAt(storage, place(checkpoint.position()))) {
            storage.makeDirectories(directory.aside());
            new CheckpointFiles(storage, directory.aside()).write(checkpoint);
            // Writing took a while.
            ownership.require();
            directory.publishInPlaceOfOlder();
        }
    }

    /**
     * Reads the newest undamaged checkpoint. Newer ones that are damaged are renamed and reported in the log.
     *
     * @throws FailureException if all checkpoints are damaged, or if one cannot be read at the moment, which is no
     *     reason to resume from an older one
     */
    public Optional<Checkpoint> newestIntact() throws IOException {
        List<String> names = names();
        Collections.reverse(names);
        List<String> damaged = new ArrayList<>();
        for (String name : names) {
            Optional<Checkpoint> found = Optional.empty();
            try {
                found = Optional.of(new CheckpointFiles(storage, new Path(path, name)).read());
            } catch (IOException e) {
                Path unread = new Path(path, name);
                throw new FailureException(
                        Kind.ENVIRONMENT, CheckpointFailures.notReadable(unread.toString(), e.getMessage()), e);
            } catch (CheckpointFiles.Damaged e) {
                LOG.warn(TrainingNotices.checkpointDamaged(new Path(path, name).toString(), e.getMessage()));
                damaged.add(name);
            }
            if (found.isPresent()) {
                setAside(damaged);
                return found;
            }
        }
        if (!damaged.isEmpty()) {
            throw new FailureException(Kind.DATA, CheckpointFailures.allDamaged(damaged.size(), path.toString()));
        }
        return Optional.empty();
    }

    /** The position of the newest checkpoint, which may be damaged; its round is not known. Empty if there is none. */
    public Optional<Position> newest() throws IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Matcher name = CHECKPOINT.matcher(names.get(names.size() - 1));
        return name.matches()
                ? Optional.of(new Position(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2)), 0))
                : Optional.empty();
    }

    /** Deletes all checkpoints except for the newest ones and one more, and incomplete files of killed runs. */
    public void prune(int newest, Optional<Position> alsoKept) throws IOException {
        List<String> names = names();
        for (String name : names.subList(0, Math.max(0, names.size() - newest))) {
            if (alsoKept.isEmpty() || !alsoKept.get().name().equals(name)) {
                delete(new Path(path, name));
            }
        }
        for (FileStatus status : storage.list(path)) {
            if (AsideName.isUnnamed(status.getPath().getName())) {
                delete(status.getPath());
            }
        }
    }

    /** Deletes the directory with its contents. */
    public void delete() throws IOException {
        delete(path);
    }

    private void delete(Path what) throws IOException {
        ownership.require();
        storage.delete(what);
    }

    private void setAside(List<String> damaged) throws IOException {
        for (String name : damaged) {
            Path aside = new Path(path, name + DAMAGED);
            ownership.require();
            storage.delete(aside);
            storage.rename(new Path(path, name), aside);
        }
    }

    /** Oldest first. */
    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (FileStatus status : storage.list(path)) {
            if (CHECKPOINT.matcher(status.getPath().getName()).matches()) {
                names.add(status.getPath().getName());
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /**
     * Checks whether a directory still belongs to this run. Must be called before every change in it that other runs
     * could see.
     */
    @FunctionalInterface
    public interface Ownership {
        /**
         * Does nothing if it does.
         *
         * @throws RuntimeException if another run has taken it over
         * @throws IOException if that cannot be determined
         */
        void require() throws IOException;
    }

    /**
     * A run between two rounds.
     *
     * @param position position of the run
     * @param run settings and data of the run
     * @param progress everything else that is needed to resume, as JSON
     * @param vectors vectors of floats by name, which is the file name without its extension
     */
    public record Checkpoint(Position position, RunIdentity run, ObjectNode progress, Map<String, float[]> vectors) {
        public Checkpoint {
            vectors = Map.copyOf(vectors);
        }
    }
}
