package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The errors of one network, epoch by epoch.
 *
 * @param kind with skip connections or without
 * @param depth layers with weights
 * @param epochs at least one
 */
record ErrorCurve(Kind kind, int depth, List<EpochErrors> epochs) {
    ErrorCurve {
        epochs = List.copyOf(epochs);
    }

    String name() {
        return kind.name(depth);
    }

    EpochErrors last() {
        return epochs.get(epochs.size() - 1);
    }

    double[] values(ToDoubleFunction<EpochErrors> value) {
        return epochs.stream().mapToDouble(value).toArray();
    }

    /**
     * The errors of a network after an epoch.
     *
     * @param epoch from 1
     * @param trainingError share of the sampled training pictures that are classified wrongly, 0 to 1
     * @param testError the same of the validation split
     * @param trainingLoss mean cross-entropy of the epoch's minibatches as they were trained on, in nats
     */
    record EpochErrors(int epoch, double trainingError, double testError, double trainingLoss) {}
}
