package io.github.resnetspark.job.replica;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The replicas of one executor: one per task slot, made when first needed, alive until the run is over or another one
 * needs the slot. Each has a thread
 * of its own, for a task's thread is another one in every round. The only static mutable state of the project.
 */
public final class ReplicaPool {
    private static final Map<Place, Deque<LentReplica<?>>> IDLE = new HashMap<>();

    private ReplicaPool() {}

    /** Where a replica may be used again: for the same network, with the same cores and GPU. */
    private record Place(PooledReplica.Source<?> source, TaskSlot slot) {}

    /** What is done with a replica in the task's thread. */
    @FunctionalInterface
    public interface Use<R extends PooledReplica, T> {
        /** May ask it for several things, one after another. */
        T of(LentReplica<R> replica) throws InterruptedException;
    }

    /** Lends an idle replica, or a new one, to the task on this thread. */
    public static <R extends PooledReplica, T> T lend(PooledReplica.Source<R> source, Use<R, T> use)
            throws InterruptedException {
        return lend(source, anyOfThem(), use, Runnable::run);
    }

    /**
     * Lends the best of the idle replicas, or a new one, until the Spark task on this thread has ended: what its use gives may
     * lie in the replica's memory. Where no such task is, that is good until somebody borrows the replica again.
     *
     * @param bestFirst orders replicas that are idle; it only looks at them
     */
    public static <R extends PooledReplica, T> T lendToTask(
            PooledReplica.Source<R> source, Comparator<R> bestFirst, Use<R, T> use) throws InterruptedException {
        return lend(source, bestFirst, use, ReplicaPool::atTaskEnd);
    }

    private static void atTaskEnd(Runnable action) {
        TaskContext task = TaskContext.get();
        if (task == null) {
            action.run();
        } else {
            TaskCompletionListener listener = ended -> action.run();
            task.addTaskCompletionListener(listener);
        }
    }

    /** A replica whose use failed, or was stopped, is not used again. */
    private static <R extends PooledReplica, T> T lend(
            PooledReplica.Source<R> source, Comparator<R> bestFirst, Use<R, T> use, Consumer<Runnable> afterwards)
            throws InterruptedException {
        Place place = new Place(source, TaskSlot.current());
        LentReplica<R> replica = borrow(source, place, bestFirst);
        boolean done = false;
        try {
            replica.make();
            T result = use.of(replica);
            done = true;
            return result;
        } finally {
            if (done) {
                afterwards.accept(() -> giveBack(place, replica));
            } else {
                replica.close();
            }
        }
    }

    /** An order for those who take any. */
    public static <R> Comparator<R> anyOfThem() {
        return Comparator.comparingInt(any -> 0);
    }

    /** Closes the idle replicas of a run in this JVM. */
    public static void close(String run) {
        closeIdle(place -> place.source().run().equals(run));
    }

    private static void closeIdle(Predicate<Place> whose) {
        synchronized (IDLE) {
            IDLE.entrySet().removeIf(entry -> {
                boolean gone = whose.test(entry.getKey());
                if (gone) {
                    entry.getValue().forEach(LentReplica::close);
                }
                return gone;
            });
        }
    }

    @SuppressWarnings("unchecked") // What lies under a source was made by it.
    private static <R extends PooledReplica> LentReplica<R> borrow(
            PooledReplica.Source<R> source, Place place, Comparator<R> bestFirst) {
        synchronized (IDLE) {
            Deque<LentReplica<?>> idle = IDLE.getOrDefault(place, new ArrayDeque<>());
            Optional<LentReplica<R>> best = idle.stream()
                    .map(replica -> (LentReplica<R>) replica)
                    .min(Comparator.comparing(LentReplica::idle, bestFirst));
            if (best.isPresent()) {
                idle.remove(best.get());
                return best.get();
            }
            // Those of runs that are over elsewhere: nobody tells executors, and their memory is needed now.
            closeIdle(other -> other.slot().equals(place.slot())
                    && !other.source().run().equals(place.source().run()));
        }
        return new LentReplica<>(source, place.slot());
    }

    private static void giveBack(Place place, LentReplica<?> replica) {
        synchronized (IDLE) {
            IDLE.computeIfAbsent(place, key -> new ArrayDeque<>()).push(replica);
        }
    }
}
