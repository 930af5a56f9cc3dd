package io.github.resnetspark.job.retrain;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of one model, {@code <registry>/<name>/runs}. */
final class RunsDirectory {
    /** What a run may be called, for it becomes a directory. */
    static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final int SHARDS_NAME = 16;
    private static final String SHARDS = "[0-9a-f]{" + SHARDS_NAME + "}";

    private static final String RUNS = "runs";

    private static final Logger LOG = LoggerFactory.getLogger(RunsDirectory.class);

    private final Storage storage;
    private final Path models;
    private final Path path;

    /** @param home of the model, beside those of all other models of the registry */
    RunsDirectory(Storage storage, Path home) {
        this.storage = storage;
        this.models = home.getParent();
        this.path = new Path(home, RUNS);
    }

    RunRecord run(String runId) {
        return new RunRecord(storage, new Path(path, runId));
    }

    /** What a run is called that nobody named. */
    static String nameAt(Instant time) {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    /**
     * The run that was not finished and gave the last sign of life. A damaged one is none.
     *
     * @param settings it must have been begun with
     * @param after it must have given its last sign of life then or later
     */
    Optional<String> unfinished(NavigableMap<String, String> settings, Instant after) throws IOException {
        Optional<String> newest = Optional.empty();
        Instant sign = after;
        for (FileStatus status : directories(path)) {
            RunRecord run = run(status.getPath().getName());
            try {
                if (run.isBegunWith(settings)
                        && run.outcome().isEmpty()
                        && !run.lastSign().isBefore(sign)) {
                    newest = Optional.of(status.getPath().getName());
                    sign = run.lastSign();
                }
            } catch (DamagedRunException e) {
                LOG.warn("{} That run is not gone on with.", e.getMessage());
            }
        }
        return newest;
    }

    /** Whether a run of any model wrote these shards, as far as can be told. */
    boolean haveWritten(URI shards) throws IOException {
        Path wanted = normal(shards);
        for (RunRecord run : all()) {
            try {
                for (URI written : run.written()) {
                    if (normal(written).equals(wanted)) {
                        return true;
                    }
                }
            } catch (DamagedRunException e) {
                LOG.warn("{} Whether it wrote {} is not known.", e.getMessage(), wanted);
            }
        }
        return false;
    }

    /**
     * Deletes all but the newest runs, and never this one; and the shards that runs wrote and no run of any model needs now.
     * What cannot be deleted is told in the log and left for the next time, a run whose shards are still there included.
     *
     * @throws DamagedRunException if the file of a run of any model is damaged: which shards that one needs cannot be told,
     *     so nothing was deleted
     * @param shards where runs prepare theirs
     * @param comparedOn shards that are needed in any case
     */
    void prune(int keep, String runId, URI shards, Optional<URI> comparedOn) throws IOException {
        List<FileStatus> others = directories(path).stream()
                .filter(run -> !run.getPath().getName().equals(runId))
                .sorted(Comparator.comparingLong(FileStatus::getModificationTime)
                        .reversed())
                .toList();
        int kept = Math.min(keep - 1, others.size());
        List<Path> old = others.subList(kept, others.size()).stream()
                .map(FileStatus::getPath)
                .toList();
        Set<Path> needed = neededWithout(old);
        if (comparedOn.isPresent()) {
            needed.add(normal(comparedOn.get()));
        }
        Path place = normal(shards);
        Map<Path, List<URI>> writtenBy = new LinkedHashMap<>();
        for (Path run : old) {
            writtenBy.put(run, run(run.getName()).written());
        }
        for (Path run : old) {
            boolean free = true;
            for (URI written : writtenBy.get(run)) {
                Path its = normal(written);
                if (!needed.contains(its)
                        && place.equals(its.getParent())
                        && its.getName().matches(SHARDS)) {
                    free &= isDeleted(its);
                }
            }
            if (free) {
                isDeleted(run);
            }
        }
        for (FileStatus run : directories(path)) {
            run(run.getPath().getName()).removeLeftovers();
        }
    }

    private boolean isDeleted(Path what) {
        try {
            storage.delete(what);
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "{} was not removed ({}). Check who may delete there; the next run tries again.",
                    Path.getPathWithoutSchemeAndAuthority(what),
                    e.toString());
            return false;
        }
    }

    /** The shards that all runs but these need, of whatever model. */
    private Set<Path> neededWithout(List<Path> gone) throws IOException {
        Set<Path> needed = new HashSet<>();
        for (RunRecord run : all()) {
            if (!gone.contains(run.directory())) {
                for (URI its : run.needed()) {
                    needed.add(normal(its));
                }
            }
        }
        return needed;
    }

    /** What a preparation's shards are called, in the directory of all of them. */
    static String shardsName(String fingerprint) {
        return fingerprint.substring(0, SHARDS_NAME);
    }

    private List<FileStatus> directories(Path parent) throws IOException {
        return storage.list(parent).stream().filter(FileStatus::isDirectory).toList();
    }

    /** One path however a place is written: with or without its scheme, a password, or a slash at its end. */
    private Path normal(URI place) throws IOException {
        URI uri = new Path(UriText.withoutPassword(place)).toUri();
        return storage.qualified(new Path(uri.getScheme(), uri.getAuthority(), uri.getPath()));
    }

    /** The runs of all models. */
    private List<RunRecord> all() throws IOException {
        List<RunRecord> all = new ArrayList<>();
        for (FileStatus model : directories(models)) {
            for (FileStatus run : directories(new Path(model.getPath(), RUNS))) {
                all.add(new RunRecord(storage, run.getPath()));
            }
        }
        return all;
    }

    /** A file of an earlier run that is not what was written, so that nothing is begun; the message names it and says what to do. */
    public static final class DamagedRunException extends FailureException {
        private static final long serialVersionUID = 1;

        DamagedRunException(String message, Throwable cause) {
            super(Kind.USAGE, message, cause);
        }
    }
}
