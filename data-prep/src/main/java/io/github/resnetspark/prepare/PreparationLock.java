package io.github.resnetspark.prepare;

import io.github.resnetspark.message.data.PrepareFailures;
import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock {@code _lock} in a directory of shards. It prevents two runs from writing to the same directory.
 * In an object store there is no lock, only a warning.
 */
final class PreparationLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparationLock.class);
    private static final String NAME = "_lock";

    private final ShardDirectory directory;
    private final boolean directoryWasThere;
    /** Nothing in object stores, which have no locks. */
    private final Optional<StorageLock> lock;

    private PreparationLock(ShardDirectory directory, boolean directoryWasThere, Optional<StorageLock> lock) {
        this.directory = directory;
        this.directoryWasThere = directoryWasThere;
        this.lock = lock;
    }

    /**
     * Takes the lock. If a run on another machine holds it, waits to see whether that run is alive.
     *
     * @throws ShardsUnavailableException if another run writes to the directory
     */
    static PreparationLock take(ShardDirectory directory) throws IOException {
        if (!directory.storage().renamesAtomically(directory.path())) {
            LOG.warn("{}", PrepareNotices.withoutLock(directory.path().toString()));
            return new PreparationLock(directory, true, Optional.empty());
        }
        boolean wasThere = directory.storage().exists(directory.path());
        try {
            return new PreparationLock(
                    directory, wasThere, Optional.of(StorageLock.take(directory.storage(), directory.file(NAME))));
        } catch (LockedException e) {
            throw new ShardsUnavailableException(
                    PrepareFailures.alreadyWriting(directory.path().toString(), e.owner()), e);
        }
    }

    /**
     * Must be called before writing anything that other runs rely on.
     *
     * @throws LockLostException if another run took over
     */
    void requireHeld() throws IOException {
        if (lock.isPresent()) {
            lock.get().requireHeld();
        }
    }

    boolean isHeld() throws IOException {
        return lock.isEmpty() || lock.get().isHeld();
    }

    @Override
    public void close() throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
        if (!directoryWasThere) {
            // A refused run leaves nothing behind.
            directory.storage().deleteEmpty(directory.path());
        }
    }
}
