package io.github.resnetspark.job.worker;

import java.util.Optional;

/** A copy of a network that the pool keeps for a run. Used by one thread for its whole life. */
public interface PooledReplica extends AutoCloseable {

    /** The work that it has already begun to make ready, if there is any. */
    default Optional<EpochShare> expected() {
        return Optional.empty();
    }

    @Override
    void close();
}
