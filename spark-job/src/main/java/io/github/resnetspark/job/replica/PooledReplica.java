package io.github.resnetspark.job.replica;

import java.io.Serializable;

/** A copy of a network that the pool keeps during a run. It computes on the same thread for its whole life. */
public interface PooledReplica extends AutoCloseable {

    @Override
    void close();

    /** Whether it waits for pictures. Thread-safe. */
    default boolean isWaiting() {
        return false;
    }

    /** Number of minibatches that are loaded for it. Thread-safe. */
    default int minibatchesReady() {
        return 0;
    }

    /** A replica that takes part in rounds of averaging. */
    interface Averaged extends PooledReplica {

        /** The network's state, which is overwritten at the start of every round. */
        GraphState state();
    }

    /** Creates the replicas of one run. Tasks with equal sources share replicas. */
    interface Source<R extends PooledReplica> extends Serializable {

        /** Identifies the run, because one executor may have replicas of several. */
        String run();

        /** Creates a replica, on the thread that will use it. */
        R make();
    }
}
