package io.github.resnetspark.job.worker;

/** A copy of a network that the pool keeps for a run. It computes on one thread for its whole life. */
public interface PooledReplica extends AutoCloseable {

    @Override
    void close();
}
