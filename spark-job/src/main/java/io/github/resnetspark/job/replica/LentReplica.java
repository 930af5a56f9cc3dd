package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A replica that the pool lends to one task after another, and the only thread that computes with it. The thread is
 * bound to the cores and the GPU of its slot before it creates the replica.
 */
public final class LentReplica<R extends PooledReplica> {
    /** Spreads the seeds: for adjacent seeds, {@link Random} begins with nearly the same number. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(LentReplica::replicaThread);
    private final PooledReplica.Source<R> source;
    private final TaskSlot slot;
    /** Set on the replica's own thread. */
    private R replica;

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
        Future<T> result = thread.submit(() -> work.with(replica));
        try {
            return result(result);
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }

    /** Runs short work that uses buffers borrowed by the task. It is completed even if the task is interrupted. */
    private <T> T finish(Work<R, T> work) {
        Future<T> result = thread.submit(() -> work.with(replica));
        boolean stopped = false;
        try {
            while (true) {
                try {
                    return result(result);
                } catch (InterruptedException e) {
                    stopped = true;
                }
            }
        } finally {
            if (stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T result(Future<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /**
     * Loads a whole state into a replica. The task's own thread reads it, because Spark releases a task's buffers when
     * the task ends.
     *
     * @param worker index of this worker; each has a different order of slices, so that not all ask the same executor
     *     at once
     * @return the time that it took, in seconds
     */
    public static <R extends PooledReplica.Averaged> double load(
            LentReplica<R> replica, RoundTask.Context context, int worker, StateReader state)
            throws InterruptedException {
        long begin = System.nanoTime();
        StateSlices slices = context.slices();
        List<Integer> order =
                IntStream.range(0, slices.count()).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, new Random(worker * SPREAD));
        state.read(
                order,
                (slice, values) -> replica.finish(lent -> {
                    lent.state().write(slices, slice, values);
                    return slice;
                }));
        Optional<float[]> centre = state.centre();
        if (centre.isPresent()) {
            replica.ask(lent -> {
                context.moments().toVariances(lent.state().parameters(), centre.get());
                return centre;
            });
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Creates the replica if it is new. */
    void make() throws InterruptedException {
        if (replica == null) {
            ask(none -> {
                slot.bindThread();
                replica = source.make();
                return replica;
            });
        }
    }

    /** The replica, to be inspected while no task uses it. */
    R idle() {
        return replica;
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
