package io.github.resnetspark.job.train;

import io.github.resnetspark.job.checkpoint.CheckpointDirectory.Ownership;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a training after a round when its lock was lost: another run may be writing to the same place by then.
 *
 * @param place that the lock is for
 */
public record WhileHeld(Ownership place) implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(WhileHeld.class);

    @Override
    public void onRound(RoundMetrics metrics) {
        try {
            place.require();
        } catch (IOException e) {
            // Not known to be lost, and asked again after the next round.
            LOG.warn("The lock cannot be looked at ({})", e.toString());
        }
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {}
}
