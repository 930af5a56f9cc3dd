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
 * The replicas of one executor: one per task slot. A replica is created when first needed and lives until the run ends
 * or another run needs the slot. Each has its own thread, because a task's thread differs from round to round. This is
 * the only static mutable state of the project.
 */
public final class ReplicaPool {
    private static final Map<Place, Deque<LentReplica<?>>> IDLE = new HashMap<>();

    private ReplicaPool() {}

    /** Conditions for reusing a replica: the same network, with the same cores and GPU. */
    private record Place(PooledReplica.Source<?> source, TaskSlot slot) {}

    /** What a task does with a replica, in the task's thread. */
    @FunctionalInterface
    public interface Use<R extends PooledReplica, T> {
        /** May call {@link LentReplica#ask} several times. */
        T of(LentReplica<R> replica) throws InterruptedException;
    }

    /** Lends an idle replica, or a new one, to the task on this thread. */
    public static <R extends PooledReplica, T> T lend(PooledReplica.Source<R> source, Use<R, T> use)
            throws InterruptedException {
        return lend(source, anyOfThem(), use, Runnable::run);
    }

    /**
     * Lends the best idle replica, or a new one, until the Spark task on this thread ends, because the result may be in
     * the replica's memory. Outside a task, the result is valid until the replica is lent again.
     *
     * @param bestFirst order of idle replicas, which it must not change
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

    /** A replica whose use failed or was interrupted is closed, not reused. */
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

    /** No preference. */
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

    @SuppressWarnings("unchecked") // A source creates only its own type.
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
            // Replicas of other runs, which have ended: executors are not notified of that, and the memory is needed
            // now.
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
