package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import java.io.Serializable;

/** What one worker does in an evaluation: count how a share of a split is classified. */
public record EvaluationTask(WorkerShare share) implements Serializable {

    /** Runs on a replica of this executor. */
    public EvaluationCounts run(ReplicaSpec spec, MinibatchSource source, float[] parameters)
            throws InterruptedException {
        return ReplicaPool.lend(
                spec,
                lent -> lent.ask(replica -> {
                    EvaluationTally tally = new EvaluationTally();
                    replica.classify(source, parameters, share, tally::add);
                    return tally.counts();
                }));
    }
}
