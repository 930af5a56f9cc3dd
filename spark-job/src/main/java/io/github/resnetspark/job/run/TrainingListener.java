package io.github.resnetspark.job.run;

/** Is told of every round and every validation, on the driver, in order. */
public interface TrainingListener {
    /** After a round. */
    void onRound(RoundMetrics metrics);

    /** After training pictures were classified, where that was asked for. */
    default void onTrainingError(TrainingErrorMetrics metrics) {}

    /** After a validation. */
    void onValidation(ValidationMetrics metrics);
}
