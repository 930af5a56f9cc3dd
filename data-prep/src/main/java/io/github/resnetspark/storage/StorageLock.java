package io.github.resnetspark.storage;

import io.github.resnetspark.failure.FailureException;
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
 * A file that one run at a time can have. Its owner touches it every few seconds. A run that was killed does so no more, and
 * the next one takes over: at once where the process can be looked for, else when the file has stayed untouched six times as
 * long, not counting the time in which the file system did not answer. Of several that take over one succeeds. No clocks are
 * compared.
 */
public final class StorageLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageLock.class);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final int RENEWALS_WAITED = 6;
    private static final int LOOKS_PER_RENEWAL = 2;
    /** How often a lock may be let go of while it is looked at. */
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
     * Takes the lock; waits for an owner on another machine to show that it is alive.
     *
     * @param file the lock's; the directories above it are made
     * @throws LockedException if somebody else holds it
     * @throws RecipeException if it is in an object store, where no lock holds
     */
    public static StorageLock take(Storage storage, Path file) throws IOException {
        return take(storage, file, RENEWAL);
    }

    /** The same with another time between two touches, in which all users of one lock must agree. */
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
                                "{} was left by {}, which is no more, and is taken over",
                                file,
                                dead.owner().inWords()));
                StorageLock lock = new StorageLock(storage, file, chain);
                lock.clock.schedule(lock.renewal(), renewal.toMillis(), renewal.toMillis());
                return lock;
            }
            // The owner was not dead: it let go just now, and this file has no place any more.
            storage.delete(own.file());
        }
        throw new LockedException(
                file.toString(),
                LockChain.read(storage, file).last().map(LockChain.Link::owner).orElseGet(() -> LockOwner.parse("")));
    }

    /** Whether the files are those; if they cannot be read, the last one is not left behind. */
    private static boolean isStill(Storage storage, Path root, LockChain expected) throws IOException {
        try {
            return LockChain.read(storage, root).equals(expected);
        } catch (IOException | RuntimeException e) {
            storage.delete(expected.last().orElseThrow().file());
            throw e;
        }
    }

    private static boolean isDead(Storage storage, LockChain.Link link, Duration renewal) throws IOException {
        Optional<Boolean> lives = link.owner().lives();
        if (lives.isPresent()) {
            return !lives.get();
        }
        LOG.info("{} is there: waiting to see whether its owner is alive", link.file());
        Optional<Long> first = lastTouch(storage, link.file());
        int unchanged = 0;
        while (unchanged < RENEWALS_WAITED * LOOKS_PER_RENEWAL) {
            sleep(renewal.dividedBy(LOOKS_PER_RENEWAL));
            long begin = System.nanoTime();
            Optional<Long> now = lastTouch(storage, link.file());
            // As long as the file system was out of reach, the owner could not touch the file either.
            boolean reached = System.nanoTime() - begin <= renewal.toNanos();
            if (now.isEmpty()) {
                // Let go of, and free.
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
     * To be asked before every step that others can see.
     *
     * @throws LockLostException if another run took over, or the file is gone
     */
    public void requireHeld() throws IOException {
        if (!isHeld()) {
            throw new LockLostException(root.toString());
        }
    }

    /** Whether it is still this run's. */
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
                    LOG.warn("{} cannot be renewed ({})", root, e.toString());
                }
            }
        };
    }

    private synchronized void renew() throws IOException {
        if (closed) {
            return;
        }
        if (isHeld()) {
            // Another value each time, whatever the clock does.
            touched = Math.max(System.currentTimeMillis(), touched + 1);
            storage.touch(own.file(), touched);
        } else {
            clock.cancel();
            LOG.error("{} was taken over by another run or deleted; this run will not finish", root);
        }
    }

    /** Lets go of the lock, if it is still held. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        clock.cancel();
        if (isHeld()) {
            // The first one first: whoever then adds a file to the others sees that it leads nowhere.
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

    /** Somebody else holds the lock. */
    public static final class LockedException extends FailureException {
        private static final long serialVersionUID = 1L;

        private final String owner;

        LockedException(String file, LockOwner owner) {
            super(
                    Kind.ENVIRONMENT,
                    file + " is held by " + owner.inWords()
                            + ". Wait until that run is done, or delete the file if there is no such run.");
            this.owner = owner.inWords();
        }

        /** Who holds it, such as {@code process 12 on node7, since 2026-01-02T03:04:05Z}. */
        public String owner() {
            return owner;
        }
    }

    /** The lock was taken over: this run must not write any more. */
    public static final class LockLostException extends FailureException {
        private static final long serialVersionUID = 1L;

        LockLostException(String file) {
            super(
                    Kind.ENVIRONMENT,
                    file
                            + " is no longer this run's: it stood still for so long that another run took the lock over, or somebody"
                            + " deleted it. This run ends here. Run the same command again when the other one is done.");
        }
    }
}
