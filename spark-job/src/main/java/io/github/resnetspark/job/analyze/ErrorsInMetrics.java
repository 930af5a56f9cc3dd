package io.github.resnetspark.job.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.analyze.ErrorCurve.EpochErrors;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Reads the errors of each epoch from a run's {@code metrics.jsonl}. */
final class ErrorsInMetrics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private double lossSum;
    private long examples;
    private double trainingError = Double.NaN;
    private double testError = Double.NaN;

    private ErrorsInMetrics() {}

    /**
     * The epochs that were validated, in order.
     *
     * @throws FailureException if none of them has a training error too
     */
    static List<EpochErrors> read(Storage storage, Path file) throws IOException {
        Map<Integer, ErrorsInMetrics> byEpoch = new TreeMap<>();
        for (String line :
                new String(storage.read(file), StandardCharsets.UTF_8).lines().toList()) {
            JsonNode metrics = JSON.readTree(line);
            byEpoch.computeIfAbsent(metrics.path("epoch").asInt(), epoch -> new ErrorsInMetrics())
                    .add(metrics);
        }
        List<EpochErrors> epochs = new ArrayList<>();
        byEpoch.forEach((epoch, found) -> {
            if (!Double.isNaN(found.trainingError) && !Double.isNaN(found.testError)) {
                epochs.add(
                        new EpochErrors(epoch, found.trainingError, found.testError, found.lossSum / found.examples));
            }
        });
        if (epochs.isEmpty()) {
            throw new FailureException(Kind.DATA, AnalysisFailures.noCommonEpoch(file.toString()));
        }
        return epochs;
    }

    private void add(JsonNode metrics) {
        switch (metrics.path("type").asText()) {
            case "round" -> {
                long count = metrics.path("examples").asLong();
                lossSum += metrics.path("loss").asDouble() * count;
                examples += count;
            }
            case "training-error" -> trainingError = 1 - metrics.path("top1").asDouble();
            case "validation" -> {
                // The training error is not measured with the moving average of the parameters.
                if (metrics.path("weights").asText().equals("averaged")) {
                    testError = 1 - metrics.path("top1").asDouble();
                }
            }
            default -> {}
        }
    }
}
