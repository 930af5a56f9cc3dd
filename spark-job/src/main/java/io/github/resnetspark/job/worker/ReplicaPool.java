package io.github.resnetspark.job.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
     * Runs {@code work} on an idle replica, or on a new one. A replica whose work failed, or whose task was killed, is
     * not used again.
     */
    static <T> T run(ReplicaSpec spec, Work<T> work) throws InterruptedException {
        OwnedReplica replica = borrow(spec);
        boolean done = false;
        try {
            T result = replica.run(work);
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

    private static OwnedReplica borrow(ReplicaSpec spec) {
        synchronized (IDLE) {
            Deque<OwnedReplica> idle = IDLE.get(spec);
            if (idle != null && !idle.isEmpty()) {
                return idle.pop();
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
                return work.with(replica);
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
