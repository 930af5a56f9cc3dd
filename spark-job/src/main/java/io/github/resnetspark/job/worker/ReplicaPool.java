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
     * Runs {@code work} on an idle replica, or on a new one. A replica whose work failed, or whose task was killed, is
     * not used again.
     */
    public static <R extends PooledReplica, T> T run(ReplicaSource<R> source, Work<R, T> work)
            throws InterruptedException {
        Place place = new Place(source, TaskSlot.current());
        OwnedReplica<R> replica = borrow(source, place);
        boolean done = false;
        try {
            T result = replica.run(work);
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
    private static <R extends PooledReplica> OwnedReplica<R> borrow(ReplicaSource<R> source, Place place) {
        synchronized (IDLE) {
            Deque<OwnedReplica<?>> idle = IDLE.get(place);
            if (idle != null && !idle.isEmpty()) {
                return (OwnedReplica<R>) idle.pop();
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
