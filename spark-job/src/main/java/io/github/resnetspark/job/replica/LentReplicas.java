package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The replicas that the pool lends to one task. They work in parallel, each on its own thread. Used by the task's
 * thread.
 */
public final class LentReplicas<R extends PooledReplica> {
    /** Spreads the seeds: for adjacent seeds, {@link Random} begins with nearly the same number. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final List<LentReplica<R>> replicas;

    LentReplicas(List<LentReplica<R>> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    /** Work for each replica. */
    @FunctionalInterface
    public interface Work<R, T> {
        /**
         * Runs on the replica's own thread.
         *
         * @param index of the replica in the task, from 0
         */
        T with(R replica, int index) throws InterruptedException;
    }

    /** The only replica of a task that has borrowed one. */
    LentReplica<R> one() {
        return replicas.get(0);
    }

    /** Number of replicas. */
    public int size() {
        return replicas.size();
    }

    /** Runs work on one replica's thread, and waits for it. */
    public <T> T ask(int index, LentReplica.Work<R, T> work) throws InterruptedException {
        return replicas.get(index).ask(work);
    }

    /**
     * Runs work on the threads of all replicas at once, and waits until all have ended.
     *
     * @return their results, in replica order
     * @throws RuntimeException the first failure; the other replicas are interrupted
     */
    public <T> List<T> askAll(Work<R, T> work) throws InterruptedException {
        List<Future<T>> results = start(work);
        try {
            List<T> done = new ArrayList<>();
            for (Future<T> result : results) {
                done.add(LentReplica.result(result));
            }
            return done;
        } catch (RuntimeException | InterruptedException e) {
            results.forEach(result -> result.cancel(true));
            throw e;
        }
    }

    private <T> List<Future<T>> start(Work<R, T> work) {
        List<Future<T>> results = new ArrayList<>();
        for (int index = 0; index < replicas.size(); index++) {
            int number = index;
            results.add(replicas.get(index).start(replica -> work.with(replica, number)));
        }
        return results;
    }

    /**
     * Runs short work that uses more than the replica's own memory: buffers borrowed by the task, or the vectors of the
     * other replicas. All replicas complete it, even if the task is interrupted or one of them fails, because this
     * memory may be freed after it. An interrupted thread remains interrupted.
     */
    void finishAll(Work<R, ?> work) {
        boolean stopped = false;
        RuntimeException failure = null;
        for (Future<?> result : start(work)) {
            try {
                stopped |= LentReplica.finish(result);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Creates the replicas that are new, all at once. */
    void make() throws InterruptedException {
        List<Future<Void>> made = new ArrayList<>();
        for (LentReplica<R> replica : replicas) {
            replica.make().ifPresent(made::add);
        }
        for (Future<Void> one : made) {
            LentReplica.result(one);
        }
    }

    /**
     * Loads a whole state into all replicas of a worker. Each slice is received once, and goes from the network's
     * buffers to every replica. The task's own thread receives it, because Spark releases a task's buffers when the
     * task ends.
     *
     * @param replicas of one worker
     * @param worker index of this worker; each has a different order of slices, so that not all ask the same executor
     *     at once
     * @return the time that it took, in seconds
     */
    public static <R extends PooledReplica.Averaged> double load(
            LentReplicas<R> replicas, RoundTask.Context context, int worker, StateReader state)
            throws InterruptedException {
        long begin = System.nanoTime();
        StateSlices slices = context.slices();
        List<Integer> order =
                IntStream.range(0, slices.count()).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, new Random(worker * SPREAD));
        state.read(
                order,
                (slice, values) -> replicas.finishAll((replica, index) -> {
                    replica.state().write(slices, slice, values);
                    return index;
                }));
        if (!slices.hasUpdaterState()) {
            replicas.askAll((replica, index) -> {
                replica.state().resetMomentum();
                return index;
            });
        }
        Optional<float[]> centre = state.centre();
        if (centre.isPresent()) {
            replicas.askAll((replica, index) -> {
                context.moments().toVariances(replica.state().parameters(), centre.get());
                return index;
            });
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
