package io.github.resnetspark.job.run;

import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.message.job.TrainingNotices;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about the weights that become the model, class by class. Checkpoints carry only the few figures that choose the
 * best state, so the validation split is gone through once more.
 */
final class FinalEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(FinalEvaluation.class);

    private FinalEvaluation() {}

    /**
     * Evaluates the best state of a run; nothing where none was validated.
     *
     * @param data what the plan's validation pictures are
     * @param labels the names of the classes
     */
    static Optional<EvaluationReport> of(
            JavaSparkContext spark,
            TrainingPlan plan,
            TrainingOutcome outcome,
            EvaluatedData data,
            List<String> labels) {
        return outcome.bestValidation().flatMap(best -> plan.validation()).map(pictures -> {
            LOG.info(TrainingNotices.evaluatesBest());
            SplitEvaluation evaluation = new SplitEvaluation(spark, plan.replica(), plan.workers(), plan.batchSize());
            return new EvaluationReport(data, labels, evaluation.of(pictures, outcome.bestParameters()));
        });
    }
}
