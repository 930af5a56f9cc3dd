package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs from writing to one directory: a file {@code _lock} in it, which its owner writes anew every few seconds. A run
 * that was killed does so no more, and the next one takes the file over: at once on the same machine, where the process can be looked for,
 * else when the file has stayed the same for three times as long. No clocks are compared.
 */
final class PreparationLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparationLock.class);
    private static final String NAME = "_lock";
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final int RENEWALS_WAITED = 3;

    private final Storage storage;
    private final Path file;
    private final String owner;
    private final boolean directoryWasThere;
    private final Timer clock = new Timer("preparation-lock", true);
    private long renewals;
    private boolean closed;

    private PreparationLock(Storage storage, Path file) throws IOException {
        this.storage = storage;
        this.file = file;
        this.directoryWasThere = storage.exists(file.getParent());
        this.owner = LockOwner.ofThisProcess().text() + " " + UUID.randomUUID();
    }

    /**
     * Takes the lock; waits for a run on another machine to show that it is alive.
     *
     * @throws ShardException if another run writes to the directory
     */
    static PreparationLock take(ShardDirectory directory) throws IOException {
        return take(directory, RENEWAL);
    }

    static PreparationLock take(ShardDirectory directory, Duration renewal) throws IOException {
        PreparationLock lock = new PreparationLock(directory.storage(), directory.file(NAME));
        try {
            lock.write(lock.storage.createNew(lock.file));
        } catch (FileAlreadyExistsException e) {
            lock.refuseWhileOwned(directory, renewal);
            lock.write(lock.storage.create(lock.file));
        }
        if (!lock.isOurs()) {
            throw refusal(directory, lock.read());
        }
        lock.clock.schedule(lock.renewal(), renewal.toMillis(), renewal.toMillis());
        return lock;
    }

    private void refuseWhileOwned(ShardDirectory directory, Duration renewal) throws IOException {
        String first = read();
        Optional<LockOwner> other = LockOwner.parse(first);
        if (other.isPresent() && other.get().isOfThisHost()) {
            if (other.get().lives()) {
                throw refusal(directory, first);
            }
        } else {
            LOG.info("{} is there: waiting to see whether its owner is alive", file);
            long end = System.nanoTime() + RENEWALS_WAITED * renewal.toNanos();
            while (System.nanoTime() < end) {
                sleep(renewal.dividedBy(RENEWALS_WAITED));
                if (!read().equals(first)) {
                    throw refusal(directory, first);
                }
            }
        }
        LOG.warn("{} was left by a run that is no more, and is taken over", file);
    }

    private static ShardException refusal(ShardDirectory directory, String text) {
        String who = LockOwner.parse(text)
                .map(owner -> " (process " + owner.process() + " on " + owner.host() + ", since " + owner.since() + ")")
                .orElse("");
        return new ShardException(directory.path() + " is being written to by another run" + who
                + ". Wait until that one is done, or set data.shards to another directory.");
    }

    private TimerTask renewal() {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    renew();
                } catch (IOException e) {
                    LOG.warn("{} cannot be renewed ({})", file, e.toString());
                }
            }
        };
    }

    private synchronized void renew() throws IOException {
        if (!closed && isOurs()) {
            write(storage.create(file));
        }
    }

    private synchronized void write(OutputStream stream) throws IOException {
        try (OutputStream out = stream) {
            out.write((owner + " " + renewals++ + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean isOurs() throws IOException {
        return read().startsWith(owner);
    }

    private String read() throws IOException {
        try {
            return new String(storage.read(file), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
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

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        clock.cancel();
        if (isOurs()) {
            storage.delete(file);
            if (!directoryWasThere && storage.list(file.getParent()).isEmpty()) {
                // A run that was refused leaves nothing.
                storage.delete(file.getParent());
            }
        }
    }
}
