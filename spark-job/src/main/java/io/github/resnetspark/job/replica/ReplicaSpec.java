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
 * @param momentum of Nesterov's SGD, in [0, 1)
 * @param weightDecay coupled L2 regularisation of convolution and fully connected weights
 * @param clipNorm maximum norm of the gradient, batch normalisation excluded; 0 for no limit
 * @param accel which library computes the layers
 */
public record ReplicaSpec(
        String run, ResNetSpec network, double momentum, double weightDecay, double clipNorm, AccelSettings accel)
        implements PooledReplica.Source<Replica> {

    /** Without clipping, with the fastest kernels. */
    public ReplicaSpec(String run, ResNetSpec network, double momentum, double weightDecay) {
        this(run, network, momentum, weightDecay, 0, AccelSettings.DEFAULT);
    }

    /** A replica that only evaluates. */
    public static ReplicaSpec forEvaluation(String run, ResNetSpec network, AccelSettings accel) {
        return new ReplicaSpec(run, network, 0, 0, 0, accel);
    }

    /**
     * A network with these training settings.
     *
     * @param rate its learning rate
     * @param seed of its initial weights
     */
    public ComputationGraph learner(ISchedule rate, long seed) {
        Nesterovs updater = new Nesterovs(rate, momentum);
        ComputationGraph net =
                ResNet.create(network, new ResNet.LearningRule(updater, weightDecay), seed, DataType.FLOAT, accel);
        if (clipNorm > 0) {
            net.setUpdater(new GradientClipping.ClippingUpdater(net, GradientClipping.of(net, clipNorm)));
        }
        return net;
    }

    @Override
    public Replica make() {
        return new Replica(this);
    }
}
