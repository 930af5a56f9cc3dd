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
    private static final Map<ReplicaSpec, Deque<OwnedReplica>> IDLE = new HashMap<>();

    private ReplicaPool() {}

    /** What a task asks of a replica. */
    @FunctionalInterface
    public interface Work<T> {
        /** Runs on the replica's own thread. */
        T with(Replica replica) throws InterruptedException;
    }

    /**
     * Runs a part of a round, on the replica that has made the pictures for it ready if there is one. The state is read in
     * the task's own thread, for what Spark lends to a task it takes back at the task's end.
     */
    static FitResult fit(FitContext context, FitTask task, StateReader start) throws InterruptedException {
        ReplicaSpec spec = context.replica();
        StateSlices slices = context.slices();
        return lend(spec, borrow(spec, idle -> idle.expected.map(task.work()::isSameAs)), replica -> {
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
    static <T> T run(ReplicaSpec spec, Work<T> work) throws InterruptedException {
        return lend(spec, borrow(spec, idle -> Optional.empty()), replica -> replica.run(work));
    }

    /** What is done with a replica in the task's thread. */
    @FunctionalInterface
    private interface Use<T> {
        T of(OwnedReplica replica) throws InterruptedException;
    }

    /** A replica whose work failed, or whose task was killed, is not used again. */
    private static <T> T lend(ReplicaSpec spec, OwnedReplica replica, Use<T> use) throws InterruptedException {
        boolean done = false;
        try {
            T result = use.of(replica);
            done = true;
            return result;
        } finally {
            if (done) {
                giveBack(spec, replica);
            } else {
                replica.close();
            }
        }
    }

    /** Closes the idle replicas of a run in this JVM. */
    public static void close(String run) {
        synchronized (IDLE) {
            IDLE.entrySet().removeIf(entry -> {
                boolean over = entry.getKey().run().equals(run);
                if (over) {
                    entry.getValue().forEach(OwnedReplica::close);
                }
                return over;
            });
        }
    }

    /** @param suits true for the best choice, false for the worst, nothing where it does not matter */
    private static OwnedReplica borrow(ReplicaSpec spec, Function<OwnedReplica, Optional<Boolean>> suits) {
        synchronized (IDLE) {
            Deque<OwnedReplica> idle = IDLE.getOrDefault(spec, new ArrayDeque<>());
            Optional<OwnedReplica> best = idle.stream()
                    .min(Comparator.comparingInt(replica ->
                            suits.apply(replica).map(yes -> yes ? 0 : 2).orElse(1)));
            if (best.isPresent()) {
                idle.remove(best.get());
                return best.get();
            }
        }
        return new OwnedReplica(spec);
    }

    private static void giveBack(ReplicaSpec spec, OwnedReplica replica) {
        synchronized (IDLE) {
            IDLE.computeIfAbsent(spec, key -> new ArrayDeque<>()).push(replica);
        }
    }

    /** A replica and the thread that alone may touch it. */
    private static final class OwnedReplica {
        private final ExecutorService thread;
        private final ReplicaSpec spec;
        private Replica replica;
        /** Read where the replica is idle; written on its thread before it is given back. */
        private Optional<EpochShare> expected = Optional.empty();

        OwnedReplica(ReplicaSpec spec) {
            this.spec = spec;
            this.thread = Executors.newSingleThreadExecutor(work -> {
                Thread made = new Thread(work, "replica");
                made.setDaemon(true);
                return made;
            });
        }

        <T> T run(Work<T> work) throws InterruptedException {
            Future<T> result = thread.submit(() -> {
                if (replica == null) {
                    replica = new Replica(spec);
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
