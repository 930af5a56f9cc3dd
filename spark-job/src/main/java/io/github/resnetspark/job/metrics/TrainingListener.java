package io.github.resnetspark.job.metrics;

import io.github.resnetspark.job.evaluate.EvaluationCounts;
import java.util.List;

/** Called on the driver after every round and every validation, in order. */
public interface TrainingListener {
    /** Called after a round. */
    default void onRound(RoundMetrics metrics) {}

    /** Called after the training error was measured, if the recipe requests it. */
    default void onTrainingError(TrainingError metrics) {}

    /**
     * Called for what happens besides: the start, and executors that come and go. The latter is reported before the round, or
     * validation, during which it happened.
     */
    default void onEvent(RunEvent event) {}

    /** Called after a validation. */
    default void onValidation(ValidationMetrics metrics) {}

    /**
     * Called after {@link #onValidation}, with all that it counted.
     *
     * @param metrics its figures
     * @param counts its results by class, and pictures to look at
     */
    default void onEvaluation(ValidationMetrics metrics, EvaluationCounts counts) {}

    /**
     * The training error after an epoch, as in {@code metrics.jsonl}. It is measured like a validation: without
     * augmentation, and with the running statistics of batch normalisation.
     *
     * @param epoch epoch after which it was measured, from 1
     * @param examples number of training pictures that were classified
     * @param errors number of wrong ones
     * @param top1 fraction whose most probable class is right
     * @param loss mean cross-entropy in nats
     * @param seconds duration
     */
    record TrainingError(int epoch, long examples, long errors, double top1, double loss, double seconds) {}

    /** Calls several listeners, one after another. */
    static TrainingListener all(List<TrainingListener> listeners) {
        return new TrainingListener() {
            @Override
            public void onRound(RoundMetrics metrics) {
                listeners.forEach(listener -> listener.onRound(metrics));
            }

            @Override
            public void onEvent(RunEvent event) {
                listeners.forEach(listener -> listener.onEvent(event));
            }

            @Override
            public void onTrainingError(TrainingError metrics) {
                listeners.forEach(listener -> listener.onTrainingError(metrics));
            }

            @Override
            public void onValidation(ValidationMetrics metrics) {
                listeners.forEach(listener -> listener.onValidation(metrics));
            }

            @Override
            public void onEvaluation(ValidationMetrics metrics, EvaluationCounts counts) {
                listeners.forEach(listener -> listener.onEvaluation(metrics, counts));
            }
        };
    }
}
