package io.github.resnetspark.job.worker;

import io.github.resnetspark.accel.AccelSettings;
import io.github.resnetspark.resnet.ResNetSpec;

/**
 * What a replica of the network is made from. Its weights are not part of it: they come with every round.
 *
 * @param run tells the replicas of one run from those of another in the same executor
 * @param network which network
 * @param momentum of Nesterov's SGD, in [0, 1)
 * @param weightDecay coupled L2 of convolution and fully connected weights
 * @param clipNorm the largest norm of the gradient without batch normalisation's part; 0 for none
 * @param accel what computes its layers
 */
public record ReplicaSpec(
        String run, ResNetSpec network, double momentum, double weightDecay, double clipNorm, AccelSettings accel)
        implements ReplicaSource<Replica> {

    /** Without clipping, on the fastest kernels. */
    public ReplicaSpec(String run, ResNetSpec network, double momentum, double weightDecay) {
        this(run, network, momentum, weightDecay, 0, AccelSettings.DEFAULT);
    }

    /** A replica that only evaluates. */
    public static ReplicaSpec forEvaluation(String run, ResNetSpec network) {
        return new ReplicaSpec(run, network, 0, 0);
    }

    @Override
    public Replica make() {
        return new Replica(this);
    }
}
