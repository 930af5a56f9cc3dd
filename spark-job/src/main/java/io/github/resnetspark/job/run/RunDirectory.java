package io.github.resnetspark.job.run;

import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory.Ownership;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.job.tensorboard.TensorBoardLog;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run directory next to the model directory: {@code <model.dir>.run}. It contains the metrics, also as events for
 * TensorBoard, and, until the run is complete, the checkpoints.
 */
final class RunDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

    private final Storage storage;
    private final Path path;
    private final Ownership ownership;

    /** @param ownership is checked before each change */
    RunDirectory(Storage storage, Path path, Ownership ownership) {
        this.storage = storage;
        this.path = path;
        this.ownership = ownership;
    }

    Storage storage() {
        return storage;
    }

    Path path() {
        return path;
    }

    Path metrics() {
        return new Path(path, MetricsLog.FILE);
    }

    /** Starts or continues the events for TensorBoard, after {@link #openMetrics}. */
    TensorBoardLog openEvents(TensorBoardLog.Run run, Position start) {
        return TensorBoardLog.open(storage, new Path(path, TrainingJob.TENSORBOARD), run, start);
    }

    CheckpointDirectory checkpoints() {
        return new CheckpointDirectory(storage, new Path(path, CheckpointDirectory.NAME), ownership);
    }

    /** Whether there may be a run to resume. {@link #state} finds out. */
    boolean hasCheckpoints() throws IOException {
        return storage.exists(new Path(path, CheckpointDirectory.NAME));
    }

    /**
     * Renames the directory, if it exists, to the first free name of {@code <model.dir>.run-1}, {@code -2} and so on.
     */
    void setAside() throws IOException {
        if (!storage.exists(path)) {
            return;
        }
        int number = 1;
        while (storage.exists(path.suffix("-" + number))) {
            number++;
        }
        Path aside = path.suffix("-" + number);
        ownership.require();
        storage.rename(path, aside);
        LOG.info(TrainingNotices.earlierRunKept(aside.toString()));
    }

    /**
     * The state from which to resume; empty if there is no checkpoint.
     *
     * @throws RecipeException with all differences, if the run was started with other settings or data
     */
    Optional<RunState> state(RunIdentity now) throws IOException {
        Optional<CheckpointDirectory.Checkpoint> found = checkpoints().newestIntact();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> refusals = found.get().run().refusals(now, path.toString());
        if (!refusals.isEmpty()) {
            throw new RecipeException(refusals);
        }
        Position position = found.get().position();
        LOG.info(TrainingNotices.resumes(
                position.epoch(),
                position.example(),
                checkpoints().place(position).toString()));
        return Optional.of(RunStateFormat.fromCheckpoint(found.get()));
    }

    MetricsLog openMetrics(Position start) throws IOException {
        ownership.require();
        return start.equals(Position.START)
                ? MetricsLog.create(storage, metrics())
                : MetricsLog.continueFrom(storage, metrics(), start);
    }
}
