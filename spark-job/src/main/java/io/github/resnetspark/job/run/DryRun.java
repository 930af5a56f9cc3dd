package io.github.resnetspark.job.run;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.job.recipe.ClusterSettings.Balance;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.EpochRounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Times a few rounds of a run, on the run's executors and pictures, to estimate how long the run will take. Nothing is
 * kept.
 */
public final class DryRun {
    /** The first rounds are slow, because replicas are created and code is compiled. */
    private static final int WARM_UP_ROUNDS = 2;

    private static final int TIMED_ROUNDS = 2;
    private static final int MINIBATCHES = 2;

    private DryRun() {}

    /** Thrown after enough rounds. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("Enough rounds have been timed.", null, false, false);
        }
    }

    /**
     * Times rounds of few minibatches. The loss does not matter.
     *
     * @param workers number of workers of each round, as in the run
     */
    static Speed measure(
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
        };
        RunKeeper keeper = new RunKeeper() {
            @Override
            public void afterRound(RunState state) {
                if (rounds.size() == WARM_UP_ROUNDS + TIMED_ROUNDS) {
                    throw new Enough();
                }
            }
        };
        try {
            new AveragingTrainer(spark, shortened(plan), listener, workers.withSpares(0))
                    .train(RunState.beginning(start, Instant.now()), moments, keeper);
        } catch (Enough e) {
            // Expected.
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
        return pace(plan, rounds.subList(Math.min(WARM_UP_ROUNDS, rounds.size() - 1), rounds.size()));
    }

    private static TrainingPlan shortened(TrainingPlan plan) {
        return plan.toBuilder()
                .validation(Optional.empty(), plan.epochs())
                .averaging(new AveragingRule(
                        AveragingSchedule.always(MINIBATCHES),
                        plan.averaging().within(),
                        plan.averaging().momentum(),
                        plan.averaging().outer(),
                        Optional.empty()))
                .balance(Balance.EVEN)
                .earlyStop(EarlyStop.NEVER)
                .sample(Optional.empty())
                .build();
    }

    private static Speed pace(TrainingPlan plan, List<RoundMetrics> rounds) {
        double minibatches = 0;
        double fitting = 0;
        double averaging = 0;
        for (RoundMetrics round : rounds) {
            minibatches += Math.ceil((double) round.examples() / plan.picturesPerStep(round.workers()));
            fitting += round.seconds() - round.averageSeconds();
            averaging += round.averageSeconds();
        }
        long examples = plan.examples();
        int picturesPerStep = plan.picturesPerStep(rounds.get(rounds.size() - 1).workers());
        return Speed.of(
                EpochRounds.of(plan.averaging().every(), plan.epochs(), examples, picturesPerStep),
                Math.ceil((double) examples / picturesPerStep),
                fitting / minibatches,
                averaging / rounds.size());
    }

    /**
     * The estimate for a run.
     *
     * @param network name of the network
     * @param epochs number of epochs of the run
     * @param preflight the cluster's resources and the run's needs
     * @param pace how fast the run will be
     */
    public record Report(String network, int epochs, PreflightReport preflight, Speed pace) {}

    /**
     * The speed of a run, measured in a few rounds.
     *
     * @param secondsPerMinibatch of the slowest replica, including the time in which it waits for pictures
     * @param secondsPerAveraging time that a round takes in addition to its minibatches
     * @param rounds of the whole run
     * @param secondsPerEpoch of all minibatches and averagings, as a mean over the epochs of the run, which differ in
     *     their number of averagings; without validations and checkpoints
     */
    public record Speed(double secondsPerMinibatch, double secondsPerAveraging, long rounds, double secondsPerEpoch) {

        /**
         * Estimates an epoch.
         *
         * @param epochs the rounds of each epoch of the run
         * @param minibatches of a worker in an epoch
         */
        static Speed of(
                List<EpochRounds> epochs, double minibatches, double secondsPerMinibatch, double secondsPerAveraging) {
            long rounds = epochs.stream().mapToLong(EpochRounds::rounds).sum();
            return new Speed(
                    secondsPerMinibatch,
                    secondsPerAveraging,
                    rounds,
                    minibatches * secondsPerMinibatch + rounds * secondsPerAveraging / epochs.size());
        }
    }
}
