package io.github.resnetspark.job.metrics;

import java.util.List;

/** Is told of every round and every validation, on the driver, in order. */
public interface TrainingListener {
    /** After a round. */
    default void onRound(RoundMetrics metrics) {}

    /** After training pictures were classified, where that was asked for. */
    default void onTrainingError(TrainingError metrics) {}

    /** After a validation. */
    default void onValidation(ValidationMetrics metrics) {}

    /**
     * How well the training pictures are classified after an epoch, as {@code metrics.jsonl} has it. They are not varied, and
     * batch normalisation uses its running statistics: the same measure as that of a validation.
     *
     * @param epoch after which it was done, from 1
     * @param examples training pictures that were classified
     * @param errors of them
     * @param top1 share whose most probable class is right
     * @param loss mean cross-entropy in nats
     * @param seconds that it took
     */
    record TrainingError(int epoch, long examples, long errors, double top1, double loss, double seconds) {}

    /** Tells several listeners, one after the other. */
    static TrainingListener all(List<TrainingListener> listeners) {
        return new TrainingListener() {
            @Override
            public void onRound(RoundMetrics metrics) {
                listeners.forEach(listener -> listener.onRound(metrics));
            }

            @Override
            public void onTrainingError(TrainingError metrics) {
                listeners.forEach(listener -> listener.onTrainingError(metrics));
            }

            @Override
            public void onValidation(ValidationMetrics metrics) {
                listeners.forEach(listener -> listener.onValidation(metrics));
            }
        };
    }
}
