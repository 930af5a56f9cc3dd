package io.github.resnetspark.job.run;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.job.replica.ReplicaPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A few rounds of a run, on its own executors and pictures, to see how long it will take. Nothing of it is kept.
 */
final class TrialRun {
    /** The first is slow: replicas are made and code is compiled. */
    private static final int WARM_UP_ROUNDS = 2;

    private static final int TIMED_ROUNDS = 2;
    private static final int MINIBATCHES = 2;

    private TrialRun() {}

    /** What is thrown when enough has been seen. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("enough rounds have been timed", null, false, false);
        }
    }

    /**
     * Times rounds of few minibatches; the loss may do what it wants.
     *
     * @param workers of each round, as the run would have them
     */
    static RunDuration measure(
            JavaSparkContext spark,
            TrainingPlan plan,
            WorkerSupply workers,
            NetworkState start,
            BatchNormMoments moments) {
        List<RoundMetrics> rounds = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onRound(RoundMetrics metrics) {
                rounds.add(metrics);
            }

            @Override
            public void onValidation(ValidationMetrics metrics) {}
        };
        RunKeeper keeper = new RunKeeper() {
            @Override
            public void afterRound(RunState state) {
                if (rounds.size() == WARM_UP_ROUNDS + TIMED_ROUNDS) {
                    throw new Enough();
                }
            }

            @Override
            public void afterEpoch(RunState state, boolean validated) {}
        };
        try {
            new AveragingTrainer(spark, shortened(plan), listener, workers)
                    .train(RunState.beginning(start, Instant.now()), moments, keeper);
        } catch (Enough e) {
            // As meant.
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
        return pace(plan, rounds.subList(Math.min(WARM_UP_ROUNDS, rounds.size() - 1), rounds.size()));
    }

    private static TrainingPlan shortened(TrainingPlan plan) {
        return new TrainingPlan(
                plan.replica(),
                plan.training(),
                Optional.empty(),
                plan.epochs(),
                plan.epochs(),
                plan.batchSize(),
                AveragingRule.plain(MINIBATCHES),
                plan.workers(),
                plan.shuffleWindow(),
                plan.seed(),
                plan.schedule());
    }

    private static RunDuration pace(TrainingPlan plan, List<RoundMetrics> rounds) {
        double minibatches = 0;
        double fitting = 0;
        double averaging = 0;
        for (RoundMetrics round : rounds) {
            minibatches += Math.ceil((double) round.examples() / round.workers() / plan.batchSize());
            fitting += round.seconds() - round.averageSeconds();
            averaging += round.averageSeconds();
        }
        long examples = plan.training().shards().rowGroups().stream()
                .mapToLong(RowGroup::rows)
                .sum();
        return RunDuration.of(
                examples,
                rounds.get(rounds.size() - 1).workers() * plan.batchSize(),
                plan.averaging().every().at(plan.epochs() - 1),
                fitting / minibatches,
                averaging / rounds.size());
    }
}
