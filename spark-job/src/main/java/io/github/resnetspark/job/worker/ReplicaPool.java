package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The replicas of one executor: one per task slot, made when first needed, alive until the run is over. Each has a thread
 * of its own, for a task's thread is another one in every round. The only static mutable state of the project.
 */
public final class ReplicaPool {
    private static final Map<Place, Deque<OwnedReplica<?>>> IDLE = new HashMap<>();

    private ReplicaPool() {}

    /** Where a replica may be used again: for the same network, with the same cores and GPU. */
    private record Place(ReplicaSource<?> source, TaskSlot slot) {}

    /** What a task asks of a replica. */
    @FunctionalInterface
    public interface Work<R, T> {
        /** Runs on the replica's own thread. */
        T with(R replica) throws InterruptedException;
    }

    /**
     * Runs a part of a round, on the replica that has made the pictures for it ready if there is one. The state is read in
     * the task's own thread, for what Spark lends to a task it takes back at the task's end.
     */
    static FitResult fit(FitContext context, FitTask task, StateReader start) throws InterruptedException {
        StateSlices slices = context.slices();
        return lend(context.replica(), idle -> idle.expected.map(task.work()::isSameAs), replica -> {
            long begin = System.nanoTime();
            replica.run(lent -> {
                lent.begin(context.source(), task);
                return slices;
            });
            for (int i = 0; i < slices.count(); i++) {
                // Each worker begins with another slice, so that not all of them ask for the same one at once.
                int slice = (task.worker() + i) % slices.count();
                RawFloats values = start.slice(slice);
                replica.run(lent -> {
                    lent.load(slices, slice, values);
                    return slices;
                });
            }
            double loadSeconds = (System.nanoTime() - begin) / 1e9;
            return replica.run(lent -> lent.fit(context, task, loadSeconds));
        });
    }

    /** Runs {@code work} on an idle replica, or on a new one. */
    public static <R extends PooledReplica, T> T run(ReplicaSource<R> source, Work<R, T> work)
            throws InterruptedException {
        return lend(source, idle -> Optional.empty(), replica -> replica.run(work));
    }

    /** What is done with a replica in the task's thread. */
    @FunctionalInterface
    private interface Use<R extends PooledReplica, T> {
        T of(OwnedReplica<R> replica) throws InterruptedException;
    }

    /**
     * A replica whose work failed, or whose task was killed, is not used again.
     *
     * @param suits true for the best choice, false for the worst, nothing where it does not matter
     */
    private static <R extends PooledReplica, T> T lend(
            ReplicaSource<R> source, Function<OwnedReplica<?>, Optional<Boolean>> suits, Use<R, T> use)
            throws InterruptedException {
        Place place = new Place(source, TaskSlot.current());
        OwnedReplica<R> replica = borrow(source, place, suits);
        boolean done = false;
        try {
            T result = use.of(replica);
            done = true;
            return result;
        } finally {
            if (done) {
                giveBack(place, replica);
            } else {
                replica.close();
            }
        }
    }

    /** Closes the idle replicas of a run in this JVM. */
    public static void close(String run) {
        synchronized (IDLE) {
            IDLE.entrySet().removeIf(entry -> {
                boolean over = entry.getKey().source().run().equals(run);
                if (over) {
                    entry.getValue().forEach(OwnedReplica::close);
                }
                return over;
            });
        }
    }

    @SuppressWarnings("unchecked") // What lies under a source was made by it.
    private static <R extends PooledReplica> OwnedReplica<R> borrow(
            ReplicaSource<R> source, Place place, Function<OwnedReplica<?>, Optional<Boolean>> suits) {
        synchronized (IDLE) {
            Deque<OwnedReplica<?>> idle = IDLE.getOrDefault(place, new ArrayDeque<>());
            Optional<OwnedReplica<?>> best = idle.stream()
                    .min(Comparator.comparingInt(replica ->
                            suits.apply(replica).map(yes -> yes ? 0 : 2).orElse(1)));
            if (best.isPresent()) {
                idle.remove(best.get());
                return (OwnedReplica<R>) best.get();
            }
        }
        return new OwnedReplica<>(source, place.slot());
    }

    private static void giveBack(Place place, OwnedReplica<?> replica) {
        synchronized (IDLE) {
            IDLE.computeIfAbsent(place, key -> new ArrayDeque<>()).push(replica);
        }
    }

    /** A replica and the thread that alone may touch it. */
    private static final class OwnedReplica<R extends PooledReplica> {
        private final ExecutorService thread;
        private final ReplicaSource<R> source;
        private final TaskSlot slot;
        private R replica;
        /** Read where the replica is idle; written on its thread before it is given back. */
        private Optional<EpochShare> expected = Optional.empty();

        OwnedReplica(ReplicaSource<R> source, TaskSlot slot) {
            this.source = source;
            this.slot = slot;
            this.thread = Executors.newSingleThreadExecutor(work -> {
                Thread made = new Thread(work, "replica");
                made.setDaemon(true);
                return made;
            });
        }

        <T> T run(Work<R, T> work) throws InterruptedException {
            Future<T> result = thread.submit(() -> {
                if (replica == null) {
                    slot.bindThread();
                    replica = source.make();
                }
                T done = work.with(replica);
                expected = replica.expected();
                return done;
            });
            try {
                return result.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                result.cancel(true);
                throw e;
            }
        }

        void close() {
            thread.execute(() -> {
                if (replica != null) {
                    replica.close();
                }
            });
            thread.shutdown();
        }
    }
}
