package io.github.resnetspark.job.retrain;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.job.RetrainNotices;
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
    /** Valid names of a run, which become names of directories. */
    static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final int SHARDS_NAME = 16;
    private static final String SHARDS = "[0-9a-f]{" + SHARDS_NAME + "}";

    private static final String RUNS = "runs";

    private static final Logger LOG = LoggerFactory.getLogger(RunsDirectory.class);

    private final Storage storage;
    private final Path models;
    private final Path path;

    /** @param home of the model, next to those of all other models of the registry */
    RunsDirectory(Storage storage, Path home) {
        this.storage = storage;
        this.models = home.getParent();
        this.path = new Path(home, RUNS);
    }

    RunRecord run(String runId) {
        return new RunRecord(storage, new Path(path, runId));
    }

    /** The name of a run for which none was set. */
    static String nameAt(Instant time) {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    /**
     * The unfinished run with the newest sign of life. Damaged runs are skipped.
     *
     * @param settings that it must have begun with
     * @param after earliest time of its last sign of life
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
                LOG.warn(RetrainNotices.skipsDamagedRun(e.getMessage()));
            }
        }
        return newest;
    }

    /** The page of the training of a version, relative to the directory of any run; nothing if its run is deleted or damaged. */
    Optional<String> trainingPage(String version) throws IOException {
        for (FileStatus status : directories(path)) {
            try {
                String runId = status.getPath().getName();
                if (runId.matches(NAME) && run(runId).hasBecome(version)) {
                    return run(runId).trainingPage().map(page -> "../" + runId + "/" + page);
                }
            } catch (DamagedRunException e) {
                // A page without this link is no reason to warn; whatever needs that run says so itself.
            }
        }
        return Optional.empty();
    }

    /** Whether a run of any model wrote these shards, as far as is known. */
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
                LOG.warn(RetrainNotices.writerUnknown(e.getMessage(), wanted.toString()));
            }
        }
        return false;
    }

    /**
     * Deletes all runs except the newest and this one, and the shards that runs wrote and that no run of any model still needs. If
     * something cannot be deleted, that is logged, and the next run tries again. A run is kept as long as its shards exist.
     *
     * @throws DamagedRunException if the file of a run of any model is damaged. It is unknown which shards that run needs, so
     *     nothing is deleted
     * @param shards the directory in which runs prepare their shards
     * @param comparedOn shards that are always kept
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
            LOG.warn(RetrainNotices.notDeleted(
                    Path.getPathWithoutSchemeAndAuthority(what).toString(), e.toString()));
            return false;
        }
    }

    /** The shards that all other runs of all models need. */
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

    /** The name of a directory of shards, derived from the fingerprint of their preparation. */
    static String shardsName(String fingerprint) {
        return fingerprint.substring(0, SHARDS_NAME);
    }

    private List<FileStatus> directories(Path parent) throws IOException {
        return storage.list(parent).stream().filter(FileStatus::isDirectory).toList();
    }

    /** The same path for every spelling of a URI: with or without scheme, password or trailing slash. */
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

    /** A file of an earlier run is damaged, so nothing begins. The message names the file and the remedy. */
    public static final class DamagedRunException extends FailureException {
        private static final long serialVersionUID = 1;

        DamagedRunException(String message, Throwable cause) {
            super(Kind.USAGE, message, cause);
        }
    }
}
