package io.github.resnetspark.storage;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.data.LockFailures;
import io.github.resnetspark.message.data.StorageNotices;
import io.github.resnetspark.recipe.RecipeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock file that one run at a time can own. The owner renews it every few seconds by setting its modification time.
 * If the owner was killed, the next run takes over: immediately if it can see that the process is gone, otherwise after
 * six missed renewals, not counting the time in which the file system did not answer. If several runs try to take over,
 * exactly one succeeds. Clocks of different machines are never compared.
 */
public final class StorageLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageLock.class);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final int RENEWALS_WAITED = 6;
    private static final int LOOKS_PER_RENEWAL = 2;
    /** How often the lock may be released while it is being examined. */
    private static final int ATTEMPTS = 5;

    private final Storage storage;
    private final Path root;
    private final LockChain chain;
    private final LockChain.Link own;
    private final Timer clock = new Timer("lock-renewal", true);
    private long touched;
    private boolean closed;

    private StorageLock(Storage storage, Path root, LockChain chain) {
        this.storage = storage;
        this.root = root;
        this.chain = chain;
        this.own = chain.last().orElseThrow();
    }

    /**
     * Takes the lock. If an owner is on another machine, waits to see whether it is alive.
     *
     * @param file the lock file; missing parent directories are created
     * @throws LockedException if another run holds it
     * @throws RecipeException if it is in an object store, where locks are unreliable
     */
    public static StorageLock take(Storage storage, Path file) throws IOException {
        return take(storage, file, RENEWAL);
    }

    /** The same with another renewal interval, which must be the same for all users of a lock. */
    public static StorageLock take(Storage storage, Path file, Duration renewal) throws IOException {
        SafePlace.require(file, storage.configuration());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LockChain seen = LockChain.read(storage, file);
            if (seen.last().isPresent() && !isDead(storage, seen.last().get(), renewal)) {
                throw new LockedException(file.toString(), seen.last().get().owner());
            }
            LockOwner self = LockOwner.ofThisProcess();
            LockChain.Link own = new LockChain.Link(seen.vacant(file), self);
            try {
                new AtomicFile(storage, own.file()).create(self.text().getBytes(StandardCharsets.UTF_8));
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            LockChain chain = seen.with(own);
            if (isStill(storage, file, chain)) {
                seen.last()
                        .ifPresent(dead -> LOG.warn(
                                "{}",
                                StorageNotices.takingOver(
                                        file.toString(), dead.owner().inWords())));
                StorageLock lock = new StorageLock(storage, file, chain);
                lock.clock.schedule(lock.renewal(), renewal.toMillis(), renewal.toMillis());
                return lock;
            }
            // The owner was not dead: it has just released the lock, so this file is not part of the chain.
            storage.delete(own.file());
        }
        throw new LockedException(
                file.toString(),
                LockChain.read(storage, file).last().map(LockChain.Link::owner).orElseGet(() -> LockOwner.parse("")));
    }

    /** Whether the chain is as expected. If it cannot be read, the last file is deleted. */
    private static boolean isStill(Storage storage, Path root, LockChain expected) throws IOException {
        try {
            return LockChain.read(storage, root).equals(expected);
        } catch (IOException | RuntimeException e) {
            storage.delete(expected.last().orElseThrow().file());
            throw e;
        }
    }

    /**
     * Who holds a lock, without taking it. Empty if nobody does.
     *
     * @param file the lock file
     */
    public static Optional<Holder> holder(Storage storage, Path file) throws IOException {
        return holder(storage, file, RENEWAL);
    }

    static Optional<Holder> holder(Storage storage, Path file, Duration renewal) throws IOException {
        Optional<LockChain.Link> last = LockChain.read(storage, file).last();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        boolean dead = isDead(storage, last.get(), renewal);
        return Optional.of(new Holder(last.get().owner().inWords(), !dead));
    }

    /**
     * The holder of a lock.
     *
     * @param owner in words, such as {@code process 12 on node7, since 2026-01-02T03:04:05Z}
     * @param alive false if it was killed and did not release the lock
     */
    public record Holder(String owner, boolean alive) {}

    private static boolean isDead(Storage storage, LockChain.Link link, Duration renewal) throws IOException {
        Optional<Boolean> alive = link.owner().isAlive();
        if (alive.isPresent()) {
            return !alive.get();
        }
        LOG.info("{}", StorageNotices.waitingForOwner(link.file().toString()));
        Optional<Long> first = lastTouch(storage, link.file());
        int unchanged = 0;
        while (unchanged < RENEWALS_WAITED * LOOKS_PER_RENEWAL) {
            sleep(renewal.dividedBy(LOOKS_PER_RENEWAL));
            long begin = System.nanoTime();
            Optional<Long> now = lastTouch(storage, link.file());
            // While the file system is unreachable, the owner cannot renew the lock either.
            boolean reached = System.nanoTime() - begin <= renewal.toNanos();
            if (now.isEmpty()) {
                // The lock was released.
                return true;
            }
            if (!now.equals(first)) {
                return false;
            }
            unchanged = reached ? unchanged + 1 : 0;
        }
        return true;
    }

    private static Optional<Long> lastTouch(Storage storage, Path file) throws IOException {
        try {
            FileStatus status = storage.status(file);
            return Optional.of(status.getModificationTime());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Must be called before every step that others can see.
     *
     * @throws LockLostException if another run took over, or the file was deleted
     */
    public void requireHeld() throws IOException {
        if (!isHeld()) {
            throw new LockLostException(root.toString());
        }
    }

    /** Whether this run still holds the lock. */
    public boolean isHeld() throws IOException {
        return LockChain.read(storage, root).equals(chain);
    }

    private TimerTask renewal() {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    renew();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("{}", StorageNotices.renewalFailed(root.toString(), e.toString()));
                }
            }
        };
    }

    private synchronized void renew() throws IOException {
        if (closed) {
            return;
        }
        if (isHeld()) {
            // The value must change each time, even if the clock does not.
            touched = Math.max(System.currentTimeMillis(), touched + 1);
            storage.touch(own.file(), touched);
        } else {
            clock.cancel();
            LOG.error("{}", StorageNotices.lockLost(root.toString()));
        }
    }

    /** Releases the lock if it is still held. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        clock.cancel();
        if (isHeld()) {
            // Oldest first, so that a process that adds a file to the chain now notices that the chain is broken.
            for (LockChain.Link link : chain.links()) {
                storage.delete(link.file());
            }
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Waiting for another run was interrupted.", e);
        }
    }

    /** Another run holds the lock. */
    public static final class LockedException extends FailureException {
        private static final long serialVersionUID = 1L;

        private final String owner;

        LockedException(String file, LockOwner owner) {
            super(Kind.ENVIRONMENT, LockFailures.held(file, owner.inWords()));
            this.owner = owner.inWords();
        }

        /** The owner, such as {@code process 12 on node7, since 2026-01-02T03:04:05Z}. */
        public String owner() {
            return owner;
        }
    }

    /** Another run took over the lock, so this run must stop writing. */
    public static final class LockLostException extends FailureException {
        private static final long serialVersionUID = 1L;

        LockLostException(String file) {
            super(Kind.ENVIRONMENT, LockFailures.lost(file));
        }
    }
}
