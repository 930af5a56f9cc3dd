package io.github.resnetspark.job.replica;

import java.io.Serializable;

/** A copy of a network that the pool keeps for a run. It computes on one thread for its whole life. */
public interface PooledReplica extends AutoCloseable {

    @Override
    void close();

    /** A replica that takes part in rounds of averaging. */
    interface Averaged extends PooledReplica {

        /** The network's state, which every round overwrites whatever this replica did before. */
        GraphState state();
    }

    /** What replicas of one run are made from. Tasks whose sources are equal use each other's. */
    interface Source<R extends PooledReplica> extends Serializable {

        /** Tells the replicas of one run from those of another in the same executor. */
        String run();

        /** Makes one, on the thread that will use it. */
        R make();
    }
}
