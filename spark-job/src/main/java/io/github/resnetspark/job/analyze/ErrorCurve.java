package io.github.resnetspark.job.analyze;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The errors of one network, epoch by epoch.
 *
 * @param kind with skip connections or without
 * @param depth layers with weights
 * @param epochs at least one
 */
record ErrorCurve(NetworkKind kind, int depth, List<EpochErrors> epochs) {
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
}
