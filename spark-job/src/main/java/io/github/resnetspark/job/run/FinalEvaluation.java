package io.github.resnetspark.job.run;

import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.watch.RoundJobs;
import io.github.resnetspark.message.job.TrainingNotices;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the parameters of the finished model for each class. Checkpoints contain only the figures for choosing the
 * best state, so this needs another pass over the validation split.
 */
final class FinalEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(FinalEvaluation.class);

    private FinalEvaluation() {}

    /**
     * Evaluates the best state of a run. Empty if none was validated.
     *
     * @param data describes the plan's validation pictures
     * @param labels names of the classes
     */
    static Optional<EvaluationReport> of(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingOutcome outcome,
            EvaluatedData data,
            List<String> labels) {
        return outcome.bestValidation().flatMap(best -> plan.validation()).map(pictures -> {
            LOG.info(TrainingNotices.evaluatesBest());
            new RoundJobs(spark).evaluation();
            SplitEvaluation evaluation =
                    new SplitEvaluation(spark, plan.replica(), plan.workers(), plan.replicas(), plan.batchSize());
            return new EvaluationReport(data, labels, evaluation.of(pictures, outcome.bestParameters()));
        });
    }
}
