package io.github.resnetspark.job.run;

import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import java.util.Optional;

/**
 * What a run ended with.
 *
 * @param bestParameters those with the best validation; the last ones where nothing was validated
 * @param bestValidation how good it is
 * @param last the state after the last round
 * @param epochs that were done, fewer than planned where the run was stopped early
 * @param examples that were trained on
 * @param trainingSeconds wall-clock time of all rounds, validations not counted
 * @param lastLoss of the last epoch's rounds, mean cross-entropy in nats
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
public record TrainingOutcome(
        float[] bestParameters,
        Optional<ValidationMetrics> bestValidation,
        NetworkState last,
        int epochs,
        long examples,
        double trainingSeconds,
        double lastLoss) {

    /** Training throughput by wall-clock time, averaging included. */
    public double imagesPerSecond() {
        return examples / trainingSeconds;
    }
}
