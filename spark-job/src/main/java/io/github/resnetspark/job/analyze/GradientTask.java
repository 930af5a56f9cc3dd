package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.job.replica.ReplicaPool;
import java.io.Serializable;
import java.util.List;

/**
 * What one task of the gradient analysis does: all of one network.
 *
 * @param kind with skip connections or without
 * @param probe what the network is made from
 * @param source the training pictures
 * @param share of them: a minibatch for each step, and the one that is looked at
 * @param steps when to look, rising, from 0
 */
record GradientTask(
        NetworkKind kind, GradientProbeSource probe, MinibatchSource source, WorkerShare share, List<Integer> steps)
        implements Serializable {

    List<GradientSnapshot> run() throws InterruptedException {
        try {
            return ReplicaPool.lend(probe, lent -> lent.ask(replica -> replica.run(this)));
        } finally {
            ReplicaPool.close(probe.run());
        }
    }
}
