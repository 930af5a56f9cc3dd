package io.github.resnetspark.job.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import java.util.List;
import java.util.Optional;

/**
 * The report at the end of a training job.
 *
 * @param model location of the model directory
 * @param metrics location of the metrics of all rounds
 * @param plan the plan of the run
 * @param outcome the result of the run
 * @param evaluation evaluation of the model's parameters; empty if there was no validation
 */
public record TrainingReport(
        String model,
        String metrics,
        TrainingPlan plan,
        TrainingOutcome outcome,
        Optional<EvaluationReport> evaluation) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The figures of the model, as in its {@code metrics.json}. */
    ObjectNode figures() {
        ObjectNode figures = JSON.createObjectNode();
        outcome.bestValidation().ifPresent(best -> {
            ObjectNode validation = figures.putObject("validation")
                    .put("epoch", best.epoch())
                    .put("weights", best.weights().key());
            evaluation.ifPresent(report -> validation.setAll(report.toJson()));
        });
        AveragingSchedule interval = plan.averaging().every();
        List<Integer> every = interval.every();
        ObjectNode training = figures.putObject("training")
                .put("epochs", outcome.epochs())
                .put("examples", outcome.examples())
                .put("lastEpochLoss", outcome.lastLoss())
                .put("workers", plan.workers())
                .put("replicasPerWorker", plan.replicas())
                .put("batchSizePerReplica", plan.batchSize())
                .put("seed", plan.seed())
                .put("seconds", outcome.trainingSeconds())
                .put("imagesPerSecond", outcome.imagesPerSecond());
        training.set("averagingEvery", JSON.valueToTree(every.size() == 1 ? every.get(0) : every));
        interval.quadratic().ifPresent(rule -> training.put("averagingQsrAlpha", rule.alpha()));
        return figures;
    }

    String metricsJson() {
        return figures().toPrettyString();
    }

    /** One JSON object for scripts: locations and figures. */
    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode().put("model", model).put("metrics", metrics);
        json.setAll(figures());
        return json;
    }
}
