package io.github.resnetspark.message.model;

/** Why a model cannot classify any picture. */
public final class PredictionFailures {
    private PredictionFailures() {}

    public static String notFinite() {
        return "The model outputs NaN or infinite probabilities: training diverged or the weights are damaged. Train or import"
                + " the model again.";
    }

    public static String interrupted() {
        return "The thread was interrupted while it waited for the model. Repeat the call.";
    }

    public static String closed() {
        return "The predictor is closed. Open a new one.";
    }
}
