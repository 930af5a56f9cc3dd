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
 * A replica as the pool lends it to one task after another, and the thread that alone computes with it: bound to the cores
 * and the GPU of its slot before the replica is made there.
 */
public final class LentReplica<R extends PooledReplica> {
    /** Neighbouring seeds alone begin with the same number. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(LentReplica::replicaThread);
    private final PooledReplica.Source<R> source;
    private final TaskSlot slot;
    /** Set on its thread. */
    private R replica;

    LentReplica(PooledReplica.Source<R> source, TaskSlot slot) {
        this.source = source;
        this.slot = slot;
    }

    /** What a task asks of a replica. */
    @FunctionalInterface
    public interface Work<R, T> {
        /** Runs on the replica's own thread. */
        T with(R replica) throws InterruptedException;
    }

    /** Has the replica do something, and waits for it. */
    public <T> T ask(Work<R, T> work) throws InterruptedException {
        Future<T> result = thread.submit(() -> work.with(replica));
        try {
            return result(result);
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }

    /** The same for something short that uses what the task has only borrowed: it ends even if the task is stopped. */
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
     * Brings all of a state into a replica. It is read in the task's own thread, for what Spark lends to a task it takes
     * back at the task's end.
     *
     * @param worker which worker this is: each has an order of its own, so that not all ask the same executor at once
     * @return the seconds that it took
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

    /** Makes the replica where it is a new one. */
    void make() throws InterruptedException {
        if (replica == null) {
            ask(none -> {
                slot.bindThread();
                replica = source.make();
                return replica;
            });
        }
    }

    /** The replica, to be looked at while no task has it. */
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
