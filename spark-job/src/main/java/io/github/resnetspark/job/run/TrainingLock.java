package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory.Ownership;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs from training into one model directory: the lock {@code <model.dir>.run.lock}. It lies beside the run's
 * directory, not in it, so that it stays where it is when {@code --fresh} moves that one away.
 */
public final class TrainingLock implements Ownership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingLock.class);
    private static final String SUFFIX = ".lock";

    private final Storage storage;
    private final Path parent;
    private final boolean parentWasThere;
    private final StorageLock lock;

    private TrainingLock(Storage storage, Path parent, boolean parentWasThere, StorageLock lock) {
        this.storage = storage;
        this.parent = parent;
        this.parentWasThere = parentWasThere;
        this.lock = lock;
    }

    /**
     * Takes the lock of a model directory. What a killed run of this machine left is taken over at once; for one of another
     * machine this waits to see whether it is alive.
     *
     * @throws FailureException if another run has it
     * @throws RecipeException if no file system is known for the place
     */
    public static TrainingLock take(URI model, Configuration configuration) throws IOException {
        Storage storage = Storage.of(configuration);
        Path file = new ModelDirectory(model, configuration).runDirectory().suffix(SUFFIX);
        try {
            boolean wasThere = storage.exists(file.getParent());
            return new TrainingLock(storage, file.getParent(), wasThere, StorageLock.take(storage, file));
        } catch (NoFileSystemException e) {
            throw new RecipeException(List.of(e.getMessage()));
        } catch (LockedException e) {
            throw new FailureException(
                    Kind.ENVIRONMENT, TrainingFailures.anotherRunTrains(new Path(model).toString(), e.owner()), e);
        }
    }

    /**
     * To be asked before every step that others can see.
     *
     * @throws LockLostException if another run took over
     */
    @Override
    public void require() throws IOException {
        lock.requireHeld();
    }

    /** Lets go of it. A failure is only told: the run is over, and the next one sees that its process is no more. */
    @Override
    public void close() {
        try {
            lock.close();
            if (!parentWasThere) {
                // A run that was refused leaves nothing.
                storage.deleteEmpty(parent);
            }
        } catch (IOException e) {
            LOG.warn(TrainingNotices.lockNotDeleted(e.toString()));
        }
    }

    /**
     * Ends a training after a round when its lock was lost: another run may be writing to the same place by then.
     *
     * @param place that the lock is for
     */
    public record Watch(Ownership place) implements TrainingListener {
        private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

        @Override
        public void onRound(RoundMetrics metrics) {
            try {
                place.require();
            } catch (IOException e) {
                // Not known to be lost, and asked again after the next round.
                LOG.warn(TrainingNotices.lockNotChecked(e.toString()));
            }
        }
    }
}
