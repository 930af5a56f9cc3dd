package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;

/** A copy of a network that the pool keeps for a run. It computes on one thread for its whole life. */
public interface PooledReplica extends AutoCloseable {

    /** Takes one slice of the state that a round begins with. All of them come, whatever this replica did before. */
    void load(StateSlices slices, int slice, RawFloats values);

    @Override
    void close();
}
