package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.replica.Replica;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.message.job.EvaluationFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.spark.Attempts;
import io.github.resnetspark.spark.ExecutorLoss;
import io.github.resnetspark.spark.TaskFailedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies a split on the replicas of all workers, and adds up the results. */
public final class SplitEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(SplitEvaluation.class);

    private final JavaSparkContext spark;
    private final ReplicaSpec replica;
    private final int workers;
    private final int replicas;
    private final int batchSize;
    private final boolean mirrored;

    /**
     * @param workers number of tasks that share the split, at least 1
     * @param replicas number of replicas of each task, at least 1
     * @param batchSize pictures per minibatch
     */
    public SplitEvaluation(JavaSparkContext spark, ReplicaSpec replica, int workers, int replicas, int batchSize) {
        this(spark, replica, workers, replicas, batchSize, false);
    }

    /** @param mirrored whether the probabilities are the means over each picture and its mirror image */
    SplitEvaluation(
            JavaSparkContext spark, ReplicaSpec replica, int workers, int replicas, int batchSize, boolean mirrored) {
        this.spark = spark;
        this.replica = replica;
        this.workers = workers;
        this.replicas = replicas;
        this.batchSize = batchSize;
        this.mirrored = mirrored;
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
     * @param examples minimum number of pictures, rounded up to whole minibatches of all replicas, or all if there are
     *     fewer
     */
    public EvaluationCounts of(MinibatchSource source, float[] parameters, long examples) {
        EvaluationCounts counts = run(spark, source, parameters, replica, tasks(source, examples), Task::run).stream()
                .reduce(EvaluationCounts.NONE, EvaluationCounts::plus);
        requireFinite(counts);
        return counts;
    }

    /**
     * Evaluates each picture exactly once, and compares the answers with those of a newer network.
     *
     * @param rival its answers, from this method with the same shards, workers, replicas and batch size; none for no
     *     comparison
     * @throws FailureException if the network outputs NaN
     */
    RivalCounts against(Guesses rival, MinibatchSource source, float[] parameters) {
        List<Task> tasks = tasks(source, Long.MAX_VALUE);
        List<RivalTask> numbered = IntStream.range(0, tasks.size())
                .mapToObj(number -> new RivalTask(tasks.get(number), number * replicas))
                .toList();
        Broadcast<Guesses> known = spark.broadcast(rival);
        try {
            RivalCounts counts = run(
                            spark,
                            source,
                            parameters,
                            replica,
                            numbered,
                            (task, spec, pictures, weights) -> task.run(spec, pictures, weights, known.value()))
                    .stream()
                    .reduce(RivalCounts.NONE, RivalCounts::then);
            requireFinite(counts.counts());
            return counts;
        } finally {
            known.destroy();
        }
    }

    private List<Task> tasks(MinibatchSource source, long examples) {
        // A plan of one round. The order of the pictures does not matter here.
        EpochPlan plan = EpochPlan.of(source.shards().rowGroups(), 0, 0, 1);
        long minibatches = (Math.min(examples, plan.examples()) + batchSize - 1) / batchSize;
        int all = workers * replicas;
        int perReplica = Math.toIntExact((minibatches + all - 1) / all);
        RoundPlan round = RoundPlan.at(plan, 0, all, Math.max(1, perReplica), batchSize);
        return round.ofWorkers(replicas).stream()
                .map(shares -> new Task(shares, mirrored))
                .filter(Task::hasWork)
                .toList();
    }

    private static void requireFinite(EvaluationCounts counts) {
        if (!Double.isFinite(counts.lossSum())) {
            throw new FailureException(Kind.DATA, EvaluationFailures.outputsNaN(counts.examples()));
        }
    }

    /** What a task does on an executor. */
    @FunctionalInterface
    private interface Work<T, R> extends Serializable {
        R of(T task, ReplicaSpec replica, MinibatchSource source, float[] parameters) throws InterruptedException;
    }

    private static <T, R> List<R> run(
            JavaSparkContext spark,
            MinibatchSource pictures,
            float[] weights,
            ReplicaSpec replica,
            List<T> tasks,
            Work<T, R> work) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        Broadcast<MinibatchSource> source = spark.broadcast(pictures);
        Broadcast<float[]> parameters = spark.broadcast(weights);
        Attempts attempts = new Attempts("The evaluation");
        try {
            while (true) {
                try {
                    return spark.parallelize(tasks, tasks.size())
                            .map(task -> work.of(task, replica, source.value(), parameters.value()))
                            .collect();
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

    /**
     * The work of one worker in an evaluation: each of its replicas classifies a share of the split.
     *
     * @param shares one for each replica
     * @param mirrored whether the probabilities are the means over each picture and its mirror image
     */
    public record Task(List<ReplicaShare> shares, boolean mirrored) implements Serializable {
        public Task {
            // This list type can be deserialized by every Java release.
            shares = new ArrayList<>(shares);
        }

        boolean hasWork() {
            return shares.stream().anyMatch(share -> share.minibatches() > 0);
        }

        /** Runs on replicas of this executor. */
        public EvaluationCounts run(ReplicaSpec spec, MinibatchSource source, float[] parameters)
                throws InterruptedException {
            return classified(spec, source, parameters, (share, index) -> new EvaluationTally(), tally -> tally::add)
                    .stream()
                    .map(EvaluationTally::counts)
                    .reduce(EvaluationCounts.NONE, EvaluationCounts::plus);
        }

        /** Lets each replica tell the answers to its share to a tally of its own. The tallies are in the order of the shares. */
        private <T> List<T> classified(
                ReplicaSpec spec,
                MinibatchSource source,
                float[] parameters,
                Tallies<T> tallies,
                Function<T, Replica.Answers> answers)
                throws InterruptedException {
            return ReplicaPool.lend(
                    spec,
                    shares.size(),
                    lent -> lent.askAll((replica, index) -> {
                        ReplicaShare share = shares.get(index);
                        T tally = tallies.of(share, index);
                        if (share.minibatches() > 0) {
                            replica.classify(source, parameters, share, mirrored, answers.apply(tally));
                        }
                        return tally;
                    }));
        }
    }

    /** Makes the tally of a replica. */
    @FunctionalInterface
    private interface Tallies<T> {
        T of(ReplicaShare share, int index);
    }

    /**
     * The same for a comparison.
     *
     * @param firstShare position of this task's first replica among those of all tasks
     */
    private record RivalTask(Task task, int firstShare) implements Serializable {
        RivalCounts run(ReplicaSpec spec, MinibatchSource source, float[] parameters, Guesses rival)
                throws InterruptedException {
            return task
                    .classified(
                            spec,
                            source,
                            parameters,
                            (share, index) ->
                                    new RivalCounts.Tally(share.examples().size(), rival.ofReplica(firstShare + index)),
                            tally -> tally::add)
                    .stream()
                    .map(RivalCounts.Tally::counts)
                    .reduce(RivalCounts.NONE, RivalCounts::then);
        }
    }
}
