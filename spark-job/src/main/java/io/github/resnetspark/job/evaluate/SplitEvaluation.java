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

/** Classifies a split on all workers and adds up how it went. */
public final class SplitEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(SplitEvaluation.class);

    private final JavaSparkContext spark;
    private final ReplicaSpec replica;
    private final int workers;
    private final int batchSize;

    /**
     * @param workers tasks that share the split, at least 1
     * @param batchSize pictures that go through the network together
     */
    public SplitEvaluation(JavaSparkContext spark, ReplicaSpec replica, int workers, int batchSize) {
        this.spark = spark;
        this.replica = replica;
        this.workers = workers;
        this.batchSize = batchSize;
    }

    /**
     * Each picture once, none padded, none dropped.
     *
     * @param source the split's pictures, without augmentation
     * @param parameters of the network, running statistics among them
     * @throws FailureException if the network's outputs are no numbers
     */
    public EvaluationCounts of(MinibatchSource source, float[] parameters) {
        return of(source, parameters, Long.MAX_VALUE);
    }

    /**
     * The same with a part of the split, which is the same one at every call.
     *
     * @param examples how many pictures at least: whole minibatches of all workers, or all there are
     */
    public EvaluationCounts of(MinibatchSource source, float[] parameters, long examples) {
        // A plan of one round; the order of the pictures does not matter here.
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
                } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
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

    /** What one worker does in an evaluation: count how a share of a split is classified. */
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
