package io.github.resnetspark.job.train;

import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.worker.EvaluationCounts;
import io.github.resnetspark.job.worker.MinibatchSource;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Validates the states of a run, and knows which is the best. */
final class RunValidation {
    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingListener listener;

    RunValidation(JavaSparkContext spark, TrainingPlan plan, TrainingListener listener) {
        this.spark = spark;
        this.plan = plan;
        this.listener = listener;
    }

    /** Whether the state after an epoch (from 0) is to be validated. */
    boolean isDueAfter(int epoch) {
        return plan.validation().isPresent() && plan.validatesAfter(epoch);
    }

    /** Validates a state after an epoch, its moving average too if there is one; the best up to now. */
    Best best(RunState state) {
        MinibatchSource pictures = plan.validation().orElseThrow();
        int epoch = state.position().epoch() + 1;
        Best best = better(pictures, state.network().parameters(), Weights.AVERAGED, epoch, state.best());
        return plan.averaging().ema().isPresent()
                ? better(pictures, state.outer().ema(), Weights.EMA, epoch, Optional.of(best))
                : best;
    }

    /** Validates, and says which is better: that, or the best before. */
    private Best better(
            MinibatchSource pictures, float[] parameters, Weights weights, int epoch, Optional<Best> before) {
        long begin = System.nanoTime();
        EvaluationCounts counts =
                new SplitEvaluation(spark, plan.replica(), plan.workers(), plan.batchSize()).of(pictures, parameters);
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
                (System.nanoTime() - begin) / 1e9);
        listener.onValidation(metrics);
        return better ? new Best(parameters, metrics) : before.orElseThrow();
    }
}
