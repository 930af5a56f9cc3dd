package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.BlockGradient;
import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import java.io.Serializable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The gradient of one network at one time.
 *
 * @param kind with skip connections or without
 * @param step number of minibatches that were trained on before
 * @param loss of the minibatch of the gradient, in nats
 * @param blocks from the first to the last
 */
record GradientSnapshot(Kind kind, int step, double loss, List<BlockGradient> blocks) implements Serializable {
    GradientSnapshot {
        blocks = List.copyOf(blocks);
    }

    /** The geometric mean over the blocks of a stage. */
    double mean(int stage, ToDoubleFunction<BlockGradient> value) {
        return Math.exp(blocks.stream()
                .filter(block -> block.stage() == stage)
                .mapToDouble(block -> Math.log(value.applyAsDouble(block)))
                .average()
                .orElseThrow());
    }

    int lastStage() {
        return blocks.get(blocks.size() - 1).stage();
    }
}
