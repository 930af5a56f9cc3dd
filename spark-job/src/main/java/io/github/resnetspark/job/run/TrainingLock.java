package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory.Ownership;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock {@code <model.dir>.run.lock}, which prevents two runs from training the same model directory, unless
 * {@code checkpoint.dir} gives each a run directory of its own. It is next to the run directory, not in it, so it stays when {@code --fresh} renames that directory.
 */
public final class TrainingLock implements Ownership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingLock.class);

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
     * Takes the lock of the recipe's run. A stale lock of a killed process of this machine is taken over at once. For
     * a process of another machine, this waits to see whether it is alive.
     *
     * @param recipe with {@code model.dir}
     * @throws FailureException if another run has the lock
     * @throws RecipeException if the file system of the location is not supported
     */
    public static TrainingLock take(Recipe recipe, Configuration configuration) throws IOException {
        Storage storage = Storage.of(configuration);
        Path file = new Path(recipe.runDirectory().orElseThrow()).suffix(Recipe.LOCK_SUFFIX);
        try {
            boolean wasThere = storage.exists(file.getParent());
            return new TrainingLock(storage, file.getParent(), wasThere, StorageLock.take(storage, file));
        } catch (NoFileSystemException e) {
            throw new RecipeException(List.of(e.getMessage()));
        } catch (LockedException e) {
            throw new FailureException(
                    Kind.ENVIRONMENT,
                    TrainingFailures.anotherRunTrains(
                            new Path(recipe.modelDirectory().orElseThrow()).toString(), e.owner()),
                    e);
        }
    }

    /**
     * Must be called before every change that other runs can see.
     *
     * @throws LockLostException if another run took the lock over
     */
    @Override
    public void require() throws IOException {
        lock.requireHeld();
    }

    /**
     * Releases the lock. A failure is only logged: the run has ended, and the next one will take over the stale lock.
     */
    @Override
    public void close() {
        try {
            lock.close();
            if (!parentWasThere) {
                // A rejected run leaves no files.
                storage.deleteEmpty(parent);
            }
        } catch (IOException e) {
            LOG.warn(TrainingNotices.lockNotDeleted(e.toString()));
        }
    }

    /**
     * Stops a training after a round if its lock was lost, because another run may already be writing to the same
     * directory.
     *
     * @param place checked after every round
     */
    public record Watch(Ownership place) implements TrainingListener {
        private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

        @Override
        public void onRound(RoundMetrics metrics) {
            try {
                place.require();
            } catch (IOException e) {
                // The lock may still be held. It is checked again after the next round.
                LOG.warn(TrainingNotices.lockNotChecked(e.toString()));
            }
        }
    }
}
