package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.Exchange;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.recipe.ClusterSettings.Balance;
import io.github.resnetspark.job.replica.FitTask;
import io.github.resnetspark.job.watch.RoundJobs;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network by parameter averaging, also known as local SGD (McDonald et al. 2010; Zhang et al. 2016, "Parallel
 * SGD: When does averaging help?"). In each round every worker trains on H minibatches, starting from the same state.
 * The states are averaged, weighted by examples, and the average is the start of the next round. With H = 1 and without
 * batch normalisation this is SGD on the joint batch.
 */
public final class AveragingTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(AveragingTrainer.class);
    /** Lost executors are often replaced within a few seconds. */
    private static final int POLLS_WITHOUT_SLOTS = 20;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingListener listener;
    private final WorkerSupply workers;
    private final RoundPlanner planner;
    private final RunValidation validation;
    private final StoppableJobs jobs;
    private final RoundJobs descriptions;
    private final ToDoubleFunction<WorkerReport> secondsPerExample;

    /**
     * @param workers number of workers, which may change in every round; the learning rate stays that of the plan's
     *     number of workers
     */
    public AveragingTrainer(
            JavaSparkContext spark, TrainingPlan plan, TrainingListener listener, WorkerSupply workers) {
        this(spark, plan, listener, workers, WorkerReport::secondsPerExample);
    }

    /** @param secondsPerExample how slow a worker was in a round */
    AveragingTrainer(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingListener listener,
            WorkerSupply workers,
            ToDoubleFunction<WorkerReport> secondsPerExample) {
        this.secondsPerExample = secondsPerExample;
        this.spark = spark;
        this.plan = plan;
        this.listener = listener;
        this.workers = workers;
        this.planner = new RoundPlanner(plan);
        this.validation = new RunValidation(spark, plan, listener);
        this.jobs = new StoppableJobs(spark);
        this.descriptions = new RoundJobs(spark);
    }

    /**
     * Trains all remaining epochs.
     *
     * @param start any state of the run; the rest of the run is bit-identical to a run that was not interrupted, unless
     *     rounds are split by speed and other times are measured
     * @param moments positions of batch normalization's running statistics in it
     * @throws FailureException if the loss is no longer finite
     */
    TrainingOutcome train(RunState start, BatchNormMoments moments, RunKeeper keeper) {
        // A momentum that every round starts without is not transferred.
        RunState state = plan.averaging().momentum() == InnerMomentum.RESET ? start.withoutMomentum() : start;
        FitTask.Context context = new FitTask.Context(
                plan.replica(),
                plan.training(),
                moments,
                StateSlices.ofWorkers(state.network().get(), plan.workers()));
        try (Exchange<FitTask.Context> exchange = Exchange.open(spark, context, workers.spares(planner.warmUp()))) {
            OuterStep step = new OuterStep(plan.averaging(), moments);
            while (state.position().epoch() < plan.epochs() && !stopsEarly(state)) {
                state = epoch(exchange, step, state, keeper);
            }
            return state.outcome();
        }
    }

    /** Trains from a state at the start of an epoch or within it to the start of the next. */
    private RunState epoch(Exchange<FitTask.Context> exchange, OuterStep step, RunState start, RunKeeper keeper) {
        EpochPlan order = planner.order(start.position().epoch());
        RunState state = start;
        while (state.position().example() < order.examples()) {
            RunState before = state;
            state = endWithoutSlots(before, keeper, () -> {
                RunState after = round(exchange, step, order, before, keeper);
                keeper.afterRound(after);
                return after;
            });
        }
        boolean validates = validation.isDueAfter(state.position().epoch());
        state = validated(state, validates, keeper);
        keeper.afterEpoch(state, validates);
        return state;
    }

    /** A run that should stop does not wait for the validation. When it is resumed, it validates then. */
    private RunState validated(RunState state, boolean validates, RunKeeper keeper) {
        try {
            jobs.run(keeper::shouldStop, () -> {
                validation.measureTraining(state);
                return state;
            });
            return jobs.run(keeper::shouldStop, () -> {
                if (!validates) {
                    return state.afterEpoch(state.best(), state.progress());
                }
                RunValidation.Result result = validation.of(state);
                return state.afterEpoch(
                        Optional.of(result.best()), plan.earlyStop().after(state.progress(), result.top1()));
            });
        } catch (StoppableJobs.Cancelled e) {
            keeper.end(state);
            throw e;
        }
    }

    private boolean stopsEarly(RunState state) {
        boolean due = plan.earlyStop().isDue(state.progress());
        if (due) {
            LOG.info(TrainingNotices.stopsEarly(
                    state.position().epoch(),
                    plan.epochs(),
                    state.progress().without(),
                    state.progress().top1()));
        }
        return due;
    }

    private RunState round(
            Exchange<FitTask.Context> exchange, OuterStep step, EpochPlan order, RunState state, RunKeeper keeper) {
        int sharing = workers.workers(() -> keeper.whileWaiting(state));
        long begin = System.nanoTime();
        Position position = state.position();
        RoundPlanner.Planned planned =
                planner.at(order, position.epoch(), position.example(), sharing, state.balance());
        descriptions.round(
                position.epoch() + 1,
                position.round() + 1,
                position.round() + planner.roundsLeft(order, position.epoch(), position.example(), sharing));
        Exchange.Result result = exchange.round(state.network(), planned.tasks());
        failIfDiverged(position, planned, result.reports());
        OuterStep.Result stepped = step.after(state.network(), result.state(), state.outer());
        RoundMetrics metrics = RoundMetrics.of(
                position,
                order.examples(),
                planned.round(),
                planned.side(),
                planned.learningRate(),
                planned.unevenMinibatches(),
                result,
                (System.nanoTime() - begin) / 1e9);
        listener.onRound(metrics);
        return state.afterRound(stepped, metrics).withBalance(balanced(state.balance(), planned, result.reports()));
    }

    /** How the next rounds are split between the workers, now that this one has been measured. */
    private SpeedBalance balanced(SpeedBalance before, RoundPlanner.Planned planned, List<WorkerReport> reports) {
        if (plan.balance() == Balance.EVEN) {
            return before;
        }
        int sharing = planned.split().workers();
        SpeedBalance after = before.after(
                sharing,
                planned.every(),
                reports.stream().mapToDouble(secondsPerExample).boxed().toList());
        if (!after.next().equals(after.now())) {
            LOG.info(TrainingNotices.sharesChange(
                    after.next(sharing, planned.every()).minibatches(),
                    after.next().stream()
                            .map(seconds -> seconds * plan.batchSize())
                            .toList(),
                    planned.every()));
        }
        return after;
    }

    /**
     * A run that should stop still completes its round, even if it has to be repeated because its average was lost. But
     * it does not wait for a round that gets no task slots.
     *
     * @param before the state that is kept in that case
     */
    private RunState endWithoutSlots(RunState before, RunKeeper keeper, Supplier<RunState> work) {
        AtomicInteger polls = new AtomicInteger();
        BooleanSupplier gotNoSlots = () -> {
            boolean waits = keeper.shouldStop() && workers.isWithoutSlots();
            return (waits ? polls.incrementAndGet() : polls.getAndSet(0)) >= POLLS_WITHOUT_SLOTS;
        };
        try {
            return jobs.run(gotNoSlots, work);
        } catch (StoppableJobs.Cancelled e) {
            keeper.end(before);
            throw e;
        }
    }

    private static void failIfDiverged(Position position, RoundPlanner.Planned planned, List<WorkerReport> reports) {
        for (WorkerReport report : reports) {
            if (report.divergedAt() >= 0) {
                throw new FailureException(
                        Kind.DATA,
                        TrainingFailures.diverged(
                                position.epoch() + 1,
                                position.round() + 1,
                                report.divergedAt() + 1,
                                report.worker(),
                                planned.learningRate()));
            }
        }
    }
}
