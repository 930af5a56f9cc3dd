package io.github.resnetspark.job.worker;

/** A replica that takes part in rounds of averaging. */
public interface AveragedReplica extends PooledReplica {

    /** The network's state, which every round overwrites whatever this replica did before. */
    NativeState state();
}
