package io.github.resnetspark.job.train;

/** Is told of every round and every validation, on the driver, in order. */
public interface TrainingListener {
    /** After a round. */
    void onRound(RoundMetrics metrics);

    /** After a validation. */
    void onValidation(ValidationMetrics metrics);
}
