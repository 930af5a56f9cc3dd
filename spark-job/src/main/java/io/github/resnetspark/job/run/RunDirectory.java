package io.github.resnetspark.job.run;

import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory.Ownership;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run keeps beside its model: {@code <model.dir>.run} with the metrics, and with checkpoints until it is done. */
final class RunDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

    private final Storage storage;
    private final Path path;
    private final Ownership ownership;

    /** @param ownership is asked before anything is changed */
    RunDirectory(Storage storage, Path path, Ownership ownership) {
        this.storage = storage;
        this.path = path;
        this.ownership = ownership;
    }

    Path metrics() {
        return new Path(path, TrainingJob.METRICS);
    }

    CheckpointDirectory checkpoints() {
        return new CheckpointDirectory(storage, new Path(path, TrainingJob.CHECKPOINTS), ownership);
    }

    /** Whether there may be something to continue; {@link #state} tells. */
    boolean hasCheckpoints() throws IOException {
        return storage.exists(new Path(path, TrainingJob.CHECKPOINTS));
    }

    /** Gives the directory, if it is there, the first free name of {@code <model.dir>.run-1}, {@code -2} and so on. */
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
     * Where the run stands; nothing if it has to begin.
     *
     * @throws RecipeException with every difference, if it was started with something else
     */
    Optional<RunState> state(RunIdentity now) throws IOException {
        Optional<CheckpointDirectory.Checkpoint> found = checkpoints().newestSound();
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
