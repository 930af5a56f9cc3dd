package io.github.resnetspark.job.run;

import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param bestParameters parameters with the best validation; the last ones if there was no validation
 * @param bestValidation the best validation
 * @param last state after the last round
 * @param epochs number of completed epochs; fewer than planned after early stopping
 * @param examples number of examples trained on
 * @param trainingSeconds wall-clock time of all rounds, without validations
 * @param lastLoss mean cross-entropy of the last epoch's rounds, in nats
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats, never compared.
public record TrainingOutcome(
        float[] bestParameters,
        Optional<ValidationMetrics> bestValidation,
        NetworkState last,
        int epochs,
        long examples,
        double trainingSeconds,
        double lastLoss) {

    /** Training throughput in wall-clock time, including averaging. */
    public double imagesPerSecond() {
        return examples / trainingSeconds;
    }
}
