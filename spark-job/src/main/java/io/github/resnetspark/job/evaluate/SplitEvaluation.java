package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.message.job.EvaluationFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.spark.Attempts;
import io.github.resnetspark.spark.ExecutorLoss;
import io.github.resnetspark.spark.TaskFailedException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies a split on all workers, and adds up the results. */
public final class SplitEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(SplitEvaluation.class);

    private final JavaSparkContext spark;
    private final ReplicaSpec replica;
    private final int workers;
    private final int batchSize;

    /**
     * @param workers number of tasks that share the split, at least 1
     * @param batchSize pictures per minibatch
     */
    public SplitEvaluation(JavaSparkContext spark, ReplicaSpec replica, int workers, int batchSize) {
        this.spark = spark;
        this.replica = replica;
        this.workers = workers;
        this.batchSize = batchSize;
    }

    /**
     * Evaluates each picture exactly once, without padding.
     *
     * @param source pictures of the split, without augmentation
     * @param parameters parameters of the network, including running statistics
     * @throws FailureException if the network outputs NaN
     */
    public EvaluationCounts of(MinibatchSource source, float[] parameters) {
        return of(source, parameters, Long.MAX_VALUE);
    }

    /**
     * The same for a part of the split, which is the same part in every call.
     *
     * @param examples minimum number of pictures, rounded up to whole minibatches of all workers, or all if there are
     *     fewer
     */
    public EvaluationCounts of(MinibatchSource source, float[] parameters, long examples) {
        // A plan of one round. The order of the pictures does not matter here.
        EpochPlan plan = EpochPlan.of(source.shards().rowGroups(), 0, 0, 1);
        long minibatches = (Math.min(examples, plan.examples()) + batchSize - 1) / batchSize;
        int perWorker = Math.toIntExact((minibatches + workers - 1) / workers);
        List<Task> tasks = RoundPlan.at(plan, 0, workers, Math.max(1, perWorker), batchSize).shares().stream()
                .filter(share -> share.minibatches() > 0)
                .map(Task::new)
                .toList();
        if (tasks.isEmpty()) {
            return EvaluationCounts.NONE;
        }
        EvaluationCounts counts = counts(spark, spark.broadcast(source), spark.broadcast(parameters), replica, tasks);
        if (!Double.isFinite(counts.lossSum())) {
            throw new FailureException(Kind.DATA, EvaluationFailures.outputsNaN(counts.examples()));
        }
        return counts;
    }

    private static EvaluationCounts counts(
            JavaSparkContext spark,
            Broadcast<MinibatchSource> source,
            Broadcast<float[]> parameters,
            ReplicaSpec replica,
            List<Task> tasks) {
        Attempts attempts = new Attempts("The evaluation");
        try {
            while (true) {
                try {
                    List<EvaluationCounts> counts = spark.parallelize(tasks, tasks.size())
                            .map(task -> task.run(replica, source.value(), parameters.value()))
                            .collect();
                    return counts.stream().reduce(EvaluationCounts.NONE, EvaluationCounts::plus);
                } catch (Exception e) { // Spark throws undeclared checked exceptions.
                    String loss = ExecutorLoss.in(e).orElseThrow(() -> TaskFailedException.of(e, "Evaluation"));
                    attempts.lost(loss);
                    LOG.warn(TrainingNotices.repeatsEvaluation(loss));
                }
            }
        } finally {
            source.destroy();
            parameters.destroy();
        }
    }

    /** The work of one worker in an evaluation: it classifies a share of the split. */
    public record Task(WorkerShare share) implements Serializable {

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
}
