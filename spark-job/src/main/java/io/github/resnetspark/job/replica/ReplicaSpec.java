package io.github.resnetspark.job.replica;

import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Describes a replica of the network. The weights are not part of it: they are received in every round.
 *
 * @param run identifies the run, because one executor may have replicas of several
 * @param network which network
 * @param descent how its steps follow from gradients
 * @param accel which library computes the layers
 */
public record ReplicaSpec(String run, ResNetSpec network, Descent descent, AccelSettings accel)
        implements PooledReplica.Source<Replica> {

    /** With plain SGD and the fastest kernels. */
    public ReplicaSpec(String run, ResNetSpec network, double momentum, double weightDecay) {
        this(run, network, Descent.plain(momentum, weightDecay), AccelSettings.DEFAULT);
    }

    /** A replica that only evaluates. */
    public static ReplicaSpec forEvaluation(String run, ResNetSpec network, AccelSettings accel) {
        return new ReplicaSpec(run, network, Descent.plain(0, 0), accel);
    }

    /**
     * A network with these training settings.
     *
     * @param rate its learning rate
     * @param seed of its initial weights
     */
    public ComputationGraph learner(ISchedule rate, long seed) {
        ResNet.LearningRule rule =
                new ResNet.LearningRule(new Nesterovs(rate, descent.momentum()), descent.weightDecay());
        ComputationGraph net = ResNet.create(network, rule, seed, DataType.FLOAT, accel);
        if (descent.changesGradients()) {
            net.setUpdater(new DescentUpdater(net, descent));
        }
        return net;
    }

    @Override
    public Replica make() {
        return new Replica(this);
    }
}
