package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;

/** Keeps two runs from writing to one directory of shards: the lock {@code _lock} in it. */
final class PreparationLock implements AutoCloseable {
    private static final String NAME = "_lock";

    private final ShardDirectory directory;
    private final boolean directoryWasThere;
    private final StorageLock lock;

    private PreparationLock(ShardDirectory directory, boolean directoryWasThere, StorageLock lock) {
        this.directory = directory;
        this.directoryWasThere = directoryWasThere;
        this.lock = lock;
    }

    /**
     * Takes the lock; waits for a run on another machine to show that it is alive.
     *
     * @throws ShardsUnavailableException if another run writes to the directory
     */
    static PreparationLock take(ShardDirectory directory) throws IOException {
        boolean wasThere = directory.storage().exists(directory.path());
        try {
            return new PreparationLock(
                    directory, wasThere, StorageLock.take(directory.storage(), directory.file(NAME)));
        } catch (LockedException e) {
            throw new ShardsUnavailableException(
                    directory.path() + " is being written to by another run (" + e.owner()
                            + "). Wait until that one is done, or set data.shards to another directory.",
                    e);
        }
    }

    /**
     * To be asked before anything is written that other runs would rely on.
     *
     * @throws LockLostException if another run took over
     */
    void requireHeld() throws IOException {
        lock.requireHeld();
    }

    boolean isHeld() throws IOException {
        return lock.isHeld();
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (!directoryWasThere) {
            // A run that was refused leaves nothing.
            directory.storage().deleteEmpty(directory.path());
        }
    }
}
