package io.github.resnetspark.job.replica;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A replica that the pool lends to one task after another, and the only thread that computes with it. The thread is
 * bound to the cores and the GPU of its slot before it creates the replica.
 */
public final class LentReplica<R extends PooledReplica> {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(LentReplica::replicaThread);
    private final PooledReplica.Source<R> source;
    private final TaskSlot slot;
    /** Set on the replica's own thread, and read by those who watch the executor. */
    private volatile R replica;

    LentReplica(PooledReplica.Source<R> source, TaskSlot slot) {
        this.source = source;
        this.slot = slot;
    }

    /** Work for a replica. */
    @FunctionalInterface
    public interface Work<R, T> {
        /** Runs on the replica's own thread. */
        T with(R replica) throws InterruptedException;
    }

    /** Runs work on the replica's thread, and waits for it. */
    public <T> T ask(Work<R, T> work) throws InterruptedException {
        Future<T> result = start(work);
        try {
            return result(result);
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }

    /** Starts work on the replica's thread. */
    <T> Future<T> start(Work<R, T> work) {
        return thread.submit(() -> work.with(replica));
    }

    /**
     * Waits until work has ended, even if this thread is interrupted.
     *
     * @return whether this thread was interrupted
     */
    static boolean finish(Future<?> result) {
        boolean stopped = false;
        while (true) {
            try {
                result(result);
                return stopped;
            } catch (InterruptedException e) {
                stopped = true;
            }
        }
    }

    /** Waits for the result of work. */
    static <T> T result(Future<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    PooledReplica.Source<R> source() {
        return source;
    }

    /** Starts to create the replica if it is new. */
    Optional<Future<Void>> make() {
        if (replica != null) {
            return Optional.empty();
        }
        return Optional.of(start(none -> {
            slot.bindThread();
            replica = source.make();
            return null;
        }));
    }

    /** The replica, to be inspected while no task uses it. */
    R idle() {
        return replica;
    }

    /** Empty until it is created. */
    Optional<R> watched() {
        return Optional.ofNullable(replica);
    }

    void close() {
        thread.execute(() -> {
            if (replica != null) {
                replica.close();
            }
        });
        thread.shutdown();
    }

    private static Thread replicaThread(Runnable work) {
        Thread thread = new Thread(work, "replica");
        thread.setDaemon(true);
        return thread;
    }
}
