package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.worker.EvaluationCounts;
import io.github.resnetspark.job.worker.FitTask;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.WorkerReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Trains a network by parameter averaging: every worker fits H minibatches from the same state, the states are averaged,
 * weighted by examples, and the average is where the next round begins (McDonald et al. 2010; Zhang et al. 2016,
 * «Parallel SGD: When does averaging help?»). With H = 1 and no batch normalisation this is SGD on the joint batch.
 */
public final class AveragingTrainer {
    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingListener listener;

    public AveragingTrainer(JavaSparkContext spark, TrainingPlan plan, TrainingListener listener) {
        this.spark = spark;
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * Runs all epochs.
     *
     * @param start the state to begin with
     * @param moments where batch-norm's running statistics lie in it
     * @throws TrainingException if the loss is no longer a number
     */
    public TrainingOutcome train(NetworkState start, BatchNormMoments moments) {
        return train(RunState.beginning(start), moments, RunKeeper.NONE);
    }

    /** The same from anywhere in the run; what comes after that state is the same bits as in a run that never stopped. */
    TrainingOutcome train(RunState start, BatchNormMoments moments, RunKeeper keeper) {
        Broadcast<RunContext> context =
                spark.broadcast(new RunContext(plan.replica(), plan.training(), moments, plan.workers()));
        try {
            AveragingRound round = new AveragingRound(spark, context);
            OuterStep step = new OuterStep(plan.averaging(), moments);
            RunState state = start;
            while (state.position().epoch() < plan.epochs()) {
                state = epoch(round, step, state, keeper);
            }
            return state.outcome();
        } finally {
            context.destroy();
        }
    }

    /** From a state within an epoch, or at its start, to the start of the next. */
    private RunState epoch(AveragingRound round, OuterStep step, RunState start, RunKeeper keeper) {
        int epoch = start.position().epoch();
        EpochPlan order = EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), epoch, plan.shuffleWindow());
        RunState state = start;
        while (state.position().example() < order.examples()) {
            state = round(round, step, order, state);
            keeper.afterRound(state);
        }
        boolean validates = plan.validation().isPresent() && plan.validatesAfter(epoch);
        state = state.afterEpoch(validates ? validate(state) : state.best());
        keeper.afterEpoch(state, validates);
        return state;
    }

    private RunState round(AveragingRound round, OuterStep step, EpochPlan order, RunState state) {
        Position position = state.position();
        int every = plan.averaging().every().at(position.epoch() + (double) position.example() / order.examples());
        RoundPlan next = RoundPlan.at(order, position.example(), plan.workers(), every, plan.batchSize());
        long begin = System.nanoTime();
        AveragingRound.Result result = round.run(state.network(), tasks(order, next, position.epoch(), every));
        RoundMetrics metrics =
                metrics(order, next, position.epoch(), position.round() + 1, result.reports(), secondsSince(begin));
        refuseDivergence(metrics, result.reports());
        listener.onRound(metrics);
        return state.afterRound(step.after(state.network(), result.state(), state.outer()), metrics);
    }

    private List<FitTask> tasks(EpochPlan order, RoundPlan round, int epoch, int every) {
        double[] rates = new double[every];
        for (int step = 0; step < rates.length; step++) {
            rates[step] = plan.schedule().at(epochsDone(order, round, epoch, step));
        }
        return round.shares().stream()
                .filter(share -> share.minibatches() > 0)
                .map(share -> new FitTask(share, epoch, rates))
                .toList();
    }

    /** Each worker's minibatches advance the epoch together: after one step all workers have used a batch. */
    private double epochsDone(EpochPlan order, RoundPlan round, int epoch, int step) {
        long inRound = Math.min(round.examples(), (long) step * plan.workers() * plan.batchSize());
        return epoch + (double) (round.position() + inRound) / order.examples();
    }

    private RoundMetrics metrics(
            EpochPlan order, RoundPlan round, int epoch, int number, List<WorkerReport> reports, double seconds) {
        double compute = longest(reports, WorkerReport::computeSeconds);
        double wait = longest(reports, WorkerReport::waitSeconds);
        double load = longest(reports, WorkerReport::loadSeconds);
        return new RoundMetrics(
                epoch + 1,
                number,
                round.next(),
                order.examples(),
                round.examples(),
                reports.size(),
                reports.stream().mapToDouble(WorkerReport::lossSum).sum() / round.examples(),
                plan.schedule().at(epochsDone(order, round, epoch, 0)),
                round.examples() / seconds,
                seconds,
                compute,
                wait,
                load,
                Math.max(0, seconds - longest(reports, r -> r.computeSeconds() + r.waitSeconds() + r.loadSeconds())));
    }

    private static double longest(List<WorkerReport> reports, ToDoubleFunction<WorkerReport> time) {
        return reports.stream().mapToDouble(time).max().orElse(0);
    }

    private static void refuseDivergence(RoundMetrics round, List<WorkerReport> reports) {
        for (WorkerReport report : reports) {
            if (report.divergedAt() >= 0) {
                throw new TrainingException(String.format(
                        Locale.ROOT,
                        "The loss is no longer a number in epoch %d, round %d, minibatch %d of worker %d,"
                                + " at learning rate %.6g. Lower optimizer.learning-rate or lengthen"
                                + " optimizer.warmup-epochs, and check data.mean and data.std.",
                        round.epoch(),
                        round.round(),
                        report.divergedAt() + 1,
                        report.worker(),
                        round.learningRate()));
            }
        }
    }

    private Optional<Best> validate(RunState state) {
        int epoch = state.position().epoch() + 1;
        Optional<Best> best = Optional.of(better(state.network().parameters(), Weights.AVERAGED, epoch, state.best()));
        return plan.averaging().ema().isPresent()
                ? Optional.of(better(state.outer().ema(), Weights.EMA, epoch, best))
                : best;
    }

    /** Validates, and says which is better: that, or the best before. */
    private Best better(float[] parameters, Weights weights, int epoch, Optional<Best> before) {
        long begin = System.nanoTime();
        EvaluationCounts counts = new SplitEvaluation(spark, plan.replica(), plan.workers(), plan.batchSize())
                .of(plan.validation().orElseThrow(), parameters);
        boolean better = before.map(Best::validation)
                .map(best -> counts.errors() < best.errors()
                        || (counts.errors() == best.errors() && counts.loss() < best.loss()))
                .orElse(true);
        ValidationMetrics metrics = new ValidationMetrics(
                epoch,
                weights,
                counts.examples(),
                counts.errors(),
                counts.top1(),
                counts.top5(),
                counts.loss(),
                better,
                secondsSince(begin));
        listener.onValidation(metrics);
        return better ? new Best(parameters, metrics) : before.orElseThrow();
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
