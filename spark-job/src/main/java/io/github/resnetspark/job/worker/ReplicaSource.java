package io.github.resnetspark.job.worker;

import java.io.Serializable;

/** What replicas of one run are made from. Tasks whose sources are equal use each other's. */
public interface ReplicaSource<R extends PooledReplica> extends Serializable {

    /** Tells the replicas of one run from those of another in the same executor. */
    String run();

    /** Makes one, on the thread that will use it. */
    R make();
}
