package io.github.resnetspark.job.run;

import java.util.List;

/** Several listeners, told one after the other. */
record Listeners(List<TrainingListener> listeners) implements TrainingListener {
    @Override
    public void onRound(RoundMetrics metrics) {
        listeners.forEach(listener -> listener.onRound(metrics));
    }

    @Override
    public void onTrainingError(TrainingErrorMetrics metrics) {
        listeners.forEach(listener -> listener.onTrainingError(metrics));
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        listeners.forEach(listener -> listener.onValidation(metrics));
    }
}
