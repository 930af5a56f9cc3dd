package io.github.resnetspark.job.replica;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The replicas of one executor: one or several per task slot. A replica is created when first needed and lives until
 * the run ends or another run needs the slot. Each has its own thread, because a task's thread differs from round to
 * round. This is the only static mutable state of the project.
 */
public final class ReplicaPool {
    private static final Map<Place, Deque<LentReplica<?>>> IDLE = new HashMap<>();
    /** The replicas of each source, idle or lent. */
    private static final Map<PooledReplica.Source<?>, Set<LentReplica<?>>> ALIVE = new HashMap<>();

    private ReplicaPool() {}

    /** Conditions for reusing a replica: the same network, with the same cores and GPU. */
    private record Place(PooledReplica.Source<?> source, TaskSlot slot) {}

    /** What a task does with a replica, in the task's thread. */
    @FunctionalInterface
    public interface Use<R extends PooledReplica, T> {
        /** May call {@link LentReplica#ask} several times. */
        T of(LentReplica<R> replica) throws InterruptedException;
    }

    /** What a task does with several replicas, in the task's thread. */
    @FunctionalInterface
    public interface UseOfSeveral<R extends PooledReplica, T> {
        /** May call {@link LentReplicas#askAll} several times. */
        T of(LentReplicas<R> replicas) throws InterruptedException;
    }

    /**
     * Lends an idle replica, or a new one, to the task on this thread. It computes with all cores of the task, but with
     * only one GPU.
     */
    public static <R extends PooledReplica, T> T lend(PooledReplica.Source<R> source, Use<R, T> use)
            throws InterruptedException {
        return lend(source, 1, replicas -> use.of(replicas.one()));
    }

    /** Lends several replicas, idle or new, which share the cores and the GPUs of the task on this thread. */
    public static <R extends PooledReplica, T> T lend(PooledReplica.Source<R> source, int count, UseOfSeveral<R, T> use)
            throws InterruptedException {
        return lend(
                source, TaskSlot.current().split(count), Collections.nCopies(count, anyOfThem()), use, Runnable::run);
    }

    /**
     * Lends the best idle replicas, or new ones, until the Spark task on this thread ends, because the result may be in
     * their memory. They share the cores and the GPUs of the task. Outside a task, the result is valid until the
     * replicas are lent again.
     *
     * @param bestFirst for each replica, the order of idle replicas, which it must not change
     */
    public static <R extends PooledReplica, T> T lendToTask(
            PooledReplica.Source<R> source, List<Comparator<R>> bestFirst, UseOfSeveral<R, T> use)
            throws InterruptedException {
        return lend(source, TaskSlot.current().split(bestFirst.size()), bestFirst, use, ReplicaPool::atTaskEnd);
    }

    /**
     * Lends an idle replica, or a new one, until the loan is closed. For work in pieces, between which the task does
     * other things. The same conditions as of {@link #lend} apply.
     */
    public static <R extends PooledReplica> Loan<R> loan(PooledReplica.Source<R> source) throws InterruptedException {
        List<Runnable> afterwards = new ArrayList<>();
        LentReplica<R> replica = lend(
                source,
                TaskSlot.current().split(1),
                List.of(ReplicaPool.<R>anyOfThem()),
                LentReplicas::one,
                afterwards::add);
        return new Loan<>(replica, afterwards.get(0));
    }

    /** A replica that the task has until it closes the loan. Used by the task's thread. */
    public static final class Loan<R extends PooledReplica> implements AutoCloseable {
        private final LentReplica<R> replica;
        private final Runnable giveBack;
        private boolean failed;
        private boolean closed;

        private Loan(LentReplica<R> replica, Runnable giveBack) {
            this.replica = replica;
            this.giveBack = giveBack;
        }

        /** Runs work on the replica's thread, and waits for it. */
        public <T> T ask(LentReplica.Work<R, T> work) throws InterruptedException {
            boolean done = false;
            try {
                T result = replica.ask(work);
                done = true;
                return result;
            } finally {
                failed |= !done;
            }
        }

        /** Gives the replica back, or closes it if some work failed or was interrupted. */
        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            if (failed) {
                discard(replica);
            } else {
                giveBack.run();
            }
        }
    }

    /**
     * Creates replicas for a later task, in the slot of the task on this thread. Does nothing if there are enough.
     * Unlike {@link #lend}, leaves idle replicas alone: they belong to a worker, and have loaded its pictures.
     *
     * @param count number of replicas of a task
     * @param tasks for how many tasks there should be replicas at most
     * @param use what they do before they are idle
     * @return whether it created them
     */
    public static <R extends PooledReplica> boolean add(
            PooledReplica.Source<R> source, int count, int tasks, UseOfSeveral<R, ?> use) throws InterruptedException {
        List<Place> places = places(source, TaskSlot.current().split(count));
        List<LentReplica<R>> added = new ArrayList<>();
        synchronized (IDLE) {
            if (ALIVE.getOrDefault(source, Set.of()).size() + count > count * tasks) {
                return false;
            }
            places.forEach(place -> added.add(fresh(source, place)));
        }
        use(places, added::get, use, Runnable::run);
        return true;
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

    /** Replicas whose use failed or was interrupted are closed, not reused. */
    private static <R extends PooledReplica, T> T lend(
            PooledReplica.Source<R> source,
            List<TaskSlot> slots,
            List<Comparator<R>> bestFirst,
            UseOfSeveral<R, T> use,
            Consumer<Runnable> afterwards)
            throws InterruptedException {
        List<Place> places = places(source, slots);
        return use(places, index -> borrow(source, places.get(index), bestFirst.get(index)), use, afterwards);
    }

    private static List<Place> places(PooledReplica.Source<?> source, List<TaskSlot> slots) {
        return slots.stream().map(slot -> new Place(source, slot)).toList();
    }

    private static <R extends PooledReplica, T> T use(
            List<Place> places,
            IntFunction<LentReplica<R>> borrow,
            UseOfSeveral<R, T> use,
            Consumer<Runnable> afterwards)
            throws InterruptedException {
        List<LentReplica<R>> borrowed = new ArrayList<>();
        boolean done = false;
        try {
            for (int i = 0; i < places.size(); i++) {
                borrowed.add(borrow.apply(i));
            }
            LentReplicas<R> replicas = new LentReplicas<>(borrowed);
            replicas.make();
            T result = use.of(replicas);
            done = true;
            return result;
        } finally {
            if (done) {
                afterwards.accept(() -> giveBack(places, borrowed));
            } else {
                borrowed.forEach(ReplicaPool::discard);
            }
        }
    }

    /** No preference. */
    public static <R> Comparator<R> anyOfThem() {
        return Comparator.comparingInt(any -> 0);
    }

    /**
     * What the replicas of this JVM do at the moment.
     *
     * @param replicas number of replicas, of all runs
     * @param busy those that a task has borrowed
     * @param waiting those of them that wait for pictures
     * @param minibatchesReady minibatches that are loaded for them
     */
    public record Activity(int replicas, int busy, int waiting, int minibatchesReady) {}

    /** What the replicas of this JVM do at the moment. */
    public static Activity activity() {
        List<LentReplica<?>> all;
        int idle;
        synchronized (IDLE) {
            all = ALIVE.values().stream().flatMap(Set::stream).toList();
            idle = IDLE.values().stream().mapToInt(Deque::size).sum();
        }
        int waiting = 0;
        int ready = 0;
        for (LentReplica<?> lent : all) {
            Optional<? extends PooledReplica> replica = lent.watched();
            waiting += replica.map(PooledReplica::isWaiting).orElse(false) ? 1 : 0;
            ready += replica.map(PooledReplica::minibatchesReady).orElse(0);
        }
        return new Activity(all.size(), all.size() - idle, waiting, ready);
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
                    entry.getValue().forEach(ReplicaPool::discard);
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
            return fresh(source, place);
        }
    }

    private static <R extends PooledReplica> LentReplica<R> fresh(PooledReplica.Source<R> source, Place place) {
        synchronized (IDLE) {
            // Replicas of other runs, which have ended: executors are not notified of that, and the memory is needed
            // now.
            closeIdle(other -> other.slot().equals(place.slot())
                    && !other.source().run().equals(place.source().run()));
            LentReplica<R> replica = new LentReplica<>(source, place.slot());
            ALIVE.computeIfAbsent(source, key -> new HashSet<>()).add(replica);
            return replica;
        }
    }

    private static void discard(LentReplica<?> replica) {
        synchronized (IDLE) {
            ALIVE.computeIfPresent(replica.source(), (source, replicas) -> {
                replicas.remove(replica);
                return replicas.isEmpty() ? null : replicas;
            });
        }
        replica.close();
    }

    private static <R extends PooledReplica> void giveBack(List<Place> places, List<LentReplica<R>> replicas) {
        synchronized (IDLE) {
            // The first is pushed last, so that without a preference a task gets the replicas in the same order again.
            for (int i = replicas.size() - 1; i >= 0; i--) {
                IDLE.computeIfAbsent(places.get(i), key -> new ArrayDeque<>()).push(replicas.get(i));
            }
        }
    }
}
