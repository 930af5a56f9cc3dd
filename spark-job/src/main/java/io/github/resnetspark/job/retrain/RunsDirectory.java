package io.github.resnetspark.job.retrain;

import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The runs of one model, {@code <registry>/<name>/runs}. */
final class RunsDirectory {
    /** What a run may be called, for it becomes a directory. */
    static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final int SHARDS_NAME = 16;
    private static final String SHARDS = "[0-9a-f]{" + SHARDS_NAME + "}";

    private final Storage storage;
    private final Path path;

    RunsDirectory(Storage storage, Path home) {
        this.storage = storage;
        this.path = new Path(home, "runs");
    }

    RunRecord run(String runId) {
        return new RunRecord(storage, new Path(path, runId));
    }

    /** What a run is called that nobody named. */
    static String nameAt(Instant time) {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    /**
     * The newest run that was not finished.
     *
     * @param settings it must have been begun with
     * @param after it must have been begun then or later
     */
    Optional<String> unfinished(NavigableMap<String, String> settings, Instant after) throws IOException {
        Optional<String> newest = Optional.empty();
        Instant begun = after;
        for (FileStatus status : directories()) {
            RunRecord run = run(status.getPath().getName());
            Optional<Instant> its = run.begunWith(settings);
            if (its.isPresent() && !its.get().isBefore(begun) && run.outcome().isEmpty()) {
                newest = Optional.of(status.getPath().getName());
                begun = its.get();
            }
        }
        return newest;
    }

    /**
     * Deletes all but the newest runs, and never this one; and the shards that only those had prepared.
     *
     * @param shards where runs prepare theirs
     */
    void prune(int keep, String runId, Path shards) throws IOException {
        List<FileStatus> others = directories().stream()
                .filter(run -> !run.getPath().getName().equals(runId))
                .sorted(Comparator.comparingLong(FileStatus::getModificationTime)
                        .reversed())
                .toList();
        int kept = Math.min(keep - 1, others.size());
        Set<Path> needed = new HashSet<>(shardsOf(others.subList(0, kept)));
        run(runId).shards().map(Path::new).ifPresent(needed::add);
        for (FileStatus old : others.subList(kept, others.size())) {
            for (Path prepared : shardsOf(List.of(old))) {
                // Others were there before the run, and are none of its business.
                if (!needed.contains(prepared)
                        && prepared.getParent().equals(shards)
                        && prepared.getName().matches(SHARDS)) {
                    storage.delete(prepared);
                }
            }
            storage.delete(old.getPath());
        }
    }

    /** What a preparation's shards are called, in the directory of all of them. */
    static String shardsName(String fingerprint) {
        return fingerprint.substring(0, SHARDS_NAME);
    }

    private List<FileStatus> directories() throws IOException {
        return storage.list(path).stream().filter(FileStatus::isDirectory).toList();
    }

    private List<Path> shardsOf(List<FileStatus> those) throws IOException {
        List<Path> shards = new ArrayList<>();
        for (FileStatus run : those) {
            run(run.getPath().getName()).shards().map(Path::new).ifPresent(shards::add);
        }
        return shards;
    }
}
