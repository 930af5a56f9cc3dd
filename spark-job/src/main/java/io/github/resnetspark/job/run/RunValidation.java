package io.github.resnetspark.job.run;

import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.watch.RoundJobs;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Validates the states of a run, and chooses the best. */
final class RunValidation {
    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingListener listener;
    private final RoundJobs jobs;

    RunValidation(JavaSparkContext spark, TrainingPlan plan, TrainingListener listener) {
        this.spark = spark;
        this.plan = plan;
        this.listener = listener;
        this.jobs = new RoundJobs(spark);
    }

    /** Whether a validation is due after an epoch, from 0. */
    boolean isDueAfter(int epoch) {
        return plan.validation().isPresent() && plan.validatesAfter(epoch);
    }

    /** Measures the training error after an epoch, if the recipe requests it. */
    void measureTraining(RunState state) {
        int epoch = state.position().epoch();
        if (plan.sample().isEmpty() || !plan.validatesAfter(epoch)) {
            return;
        }
        long begin = System.nanoTime();
        TrainingPlan.Sample sample = plan.sample().get();
        jobs.trainingError(epoch + 1);
        EvaluationCounts counts =
                evaluation().of(sample.source(), state.network().get().parameters(), sample.examples());
        listener.onTrainingError(new TrainingListener.TrainingError(
                epoch + 1,
                counts.examples(),
                counts.errors(),
                counts.top1(),
                counts.loss(),
                (System.nanoTime() - begin) / 1e9));
    }

    private SplitEvaluation evaluation() {
        return new SplitEvaluation(spark, plan.replica(), plan.workers(), plan.replicas(), plan.batchSize());
    }

    /**
     * The result of a validation.
     *
     * @param best best model so far
     * @param top1 top-1 of this validation: the better of that of the parameters and that of their moving average
     */
    record Result(RunState.BestModel best, double top1) {}

    /** Validates a state after an epoch, and its moving average if there is one. */
    Result of(RunState state) {
        MinibatchSource pictures = plan.validation().orElseThrow();
        int epoch = state.position().epoch() + 1;
        Result result = better(
                pictures,
                state.network().get().parameters(),
                ValidationMetrics.Parameters.AVERAGED,
                epoch,
                state.best());
        if (plan.averaging().ema().isEmpty()) {
            return result;
        }
        Result ofAverage = better(
                pictures, state.outer().ema(), ValidationMetrics.Parameters.EMA, epoch, Optional.of(result.best()));
        return new Result(ofAverage.best(), Math.max(result.top1(), ofAverage.top1()));
    }

    /** Validates parameters, and returns the better of these and the best so far. */
    private Result better(
            MinibatchSource pictures,
            float[] parameters,
            ValidationMetrics.Parameters weights,
            int epoch,
            Optional<RunState.BestModel> before) {
        long begin = System.nanoTime();
        jobs.validation(epoch, weights == ValidationMetrics.Parameters.EMA);
        EvaluationCounts counts = evaluation().of(pictures, parameters);
        boolean better = before.map(RunState.BestModel::validation)
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
                (System.nanoTime() - begin) / 1e9);
        listener.onValidation(metrics);
        listener.onEvaluation(metrics, counts);
        return new Result(better ? new RunState.BestModel(parameters, metrics) : before.orElseThrow(), counts.top1());
    }
}
