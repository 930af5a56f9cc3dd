package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.Exchange;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.replica.FitTask;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network by parameter averaging: every worker fits H minibatches from the same state, the states are averaged,
 * weighted by examples, and the average is where the next round begins (McDonald et al. 2010; Zhang et al. 2016,
 * «Parallel SGD: When does averaging help?»). With H = 1 and no batch normalisation this is SGD on the joint batch.
 */
public final class AveragingTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(AveragingTrainer.class);
    /** Executors that were lost are often back after a few seconds. */
    private static final int LOOKS_WITHOUT_SLOTS = 20;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingListener listener;
    private final WorkerSupply workers;
    private final RoundPlanner planner;
    private final RunValidation validation;
    private final StoppableJobs jobs;

    /** @param workers may be others in every round; the learning rate stays that of the plan's number */
    public AveragingTrainer(
            JavaSparkContext spark, TrainingPlan plan, TrainingListener listener, WorkerSupply workers) {
        this.spark = spark;
        this.plan = plan;
        this.listener = listener;
        this.workers = workers;
        this.planner = new RoundPlanner(plan);
        this.validation = new RunValidation(spark, plan, listener);
        this.jobs = new StoppableJobs(spark);
    }

    /**
     * Runs all epochs that are left.
     *
     * @param start anywhere in the run; what comes after that state is the same bits as in a run that never stopped
     * @param moments where batch-norm's running statistics lie in it
     * @throws FailureException if the loss is no longer a number
     */
    TrainingOutcome train(RunState start, BatchNormMoments moments, RunKeeper keeper) {
        FitTask.Context context = new FitTask.Context(
                plan.replica(),
                plan.training(),
                moments,
                StateSlices.ofWorkers(start.network().get(), plan.workers()));
        try (Exchange<FitTask.Context> exchange = Exchange.open(spark, context)) {
            OuterStep step = new OuterStep(plan.averaging(), moments);
            RunState state = start;
            while (state.position().epoch() < plan.epochs() && !stopsEarly(state)) {
                state = epoch(exchange, step, state, keeper);
            }
            return state.outcome();
        }
    }

    /** From a state within an epoch, or at its start, to the start of the next. */
    private RunState epoch(Exchange<FitTask.Context> exchange, OuterStep step, RunState start, RunKeeper keeper) {
        EpochPlan order = planner.order(start.position().epoch());
        RunState state = start;
        while (state.position().example() < order.examples()) {
            RunState before = state;
            state = unlessHopeless(before, keeper, () -> {
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

    /** A run that is to end does not wait for it: the one that goes on from the state before does it again. */
    private RunState validated(RunState state, boolean validates, RunKeeper keeper) {
        try {
            jobs.run(keeper::isToEnd, () -> {
                validation.measureTraining(state);
                return state;
            });
            return jobs.run(keeper::isToEnd, () -> {
                if (!validates) {
                    return state.afterEpoch(state.best(), state.progress());
                }
                RunValidation.Result result = validation.of(state);
                return state.afterEpoch(
                        Optional.of(result.best()), plan.earlyStop().after(state.progress(), result.top1()));
            });
        } catch (StoppableJobs.GivenUp e) {
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
        RoundPlanner.Planned planned = planner.at(order, position.epoch(), position.example(), sharing);
        Exchange.Result result = exchange.round(state.network(), planned.tasks());
        refuseDivergence(position, planned, result.reports());
        OuterStep.Result stepped = step.after(state.network(), result.state(), state.outer());
        RoundMetrics metrics = RoundMetrics.of(
                position,
                order.examples(),
                planned.round(),
                planned.learningRate(),
                result,
                (System.nanoTime() - begin) / 1e9);
        listener.onRound(metrics);
        return state.afterRound(stepped, metrics);
    }

    /**
     * A run that is to end waits for its round, and for one that is repeated because its average was lost, but not for slots that
     * neither gets.
     *
     * @param before what the run ends with then
     */
    private RunState unlessHopeless(RunState before, RunKeeper keeper, Supplier<RunState> work) {
        AtomicInteger looks = new AtomicInteger();
        BooleanSupplier isHopeless = () -> {
            boolean waits = keeper.isToEnd() && workers.isWithoutSlots();
            return (waits ? looks.incrementAndGet() : looks.getAndSet(0)) >= LOOKS_WITHOUT_SLOTS;
        };
        try {
            return jobs.run(isHopeless, work);
        } catch (StoppableJobs.GivenUp e) {
            keeper.end(before);
            throw e;
        }
    }

    private static void refuseDivergence(Position position, RoundPlanner.Planned planned, List<WorkerReport> reports) {
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
