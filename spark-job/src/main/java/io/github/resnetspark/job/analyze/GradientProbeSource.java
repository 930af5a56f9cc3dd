package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.replica.PooledReplica;
import io.github.resnetspark.job.replica.ReplicaSpec;

/**
 * What a probe of the gradient is made from.
 *
 * @param network the network and how it learns
 * @param rate its learning rate
 * @param seed of its initial weights
 */
record GradientProbeSource(ReplicaSpec network, double rate, long seed) implements PooledReplica.Source<GradientProbe> {
    @Override
    public String run() {
        return network.run();
    }

    @Override
    public GradientProbe make() {
        return new GradientProbe(this);
    }
}
