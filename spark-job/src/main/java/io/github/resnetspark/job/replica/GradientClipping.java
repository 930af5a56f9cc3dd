package io.github.resnetspark.job.replica;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scales a gradient down if its norm is above a limit: {@code g ← g · limit / ‖g‖} (Pascanu, Mikolov and Bengio, "On
 * the difficulty of training recurrent neural networks", 2013). The norm is that of all layers together, so the
 * gradient keeps its direction. Batch normalisation is excluded from both, because DL4J also updates its running
 * statistics by "gradients". These are measurements that must not be scaled.
 *
 * @param limit the largest norm, above 0
 * @param ranges positions of the parameters outside batch normalisation in the flat gradient
 */
record GradientClipping(double limit, List<Range> ranges) {
    private static final int AT_ONCE = 4096;

    GradientClipping {
        ranges = List.copyOf(ranges);
    }

    /** Values {@code start} (inclusive) to {@code end} (exclusive). */
    record Range(int start, int end) {}

    /** Clipping for the layers of a network. */
    static GradientClipping of(ComputationGraph net, double limit) {
        List<Range> ranges = new ArrayList<>();
        for (Layer layer : net.getLayers()) {
            if (!(layer instanceof BatchNormalization)) {
                for (INDArray parameter : layer.paramTable().values()) {
                    // Parameters are views of the flat vector, so they have the same offsets in the gradient.
                    int start = Math.toIntExact(parameter.offset());
                    ranges.add(new Range(start, start + Math.toIntExact(parameter.length())));
                }
            }
        }
        return new GradientClipping(limit, ranges);
    }

    /**
     * Clips a gradient, in place.
     *
     * @param gradient {@code [numParams]}, the mean over a minibatch
     */
    void clip(FloatBuffer gradient) {
        double norm = norm(gradient);
        // A norm that is not finite is left as it is, so that the run stops and reports the minibatch.
        if (norm > limit && Double.isFinite(norm)) {
            scale(gradient, limit / norm);
        }
    }

    private double norm(FloatBuffer gradient) {
        return Math.sqrt(ranges.stream()
                .mapToDouble(range -> Math.pow(RateScaling.norm(range, gradient), 2))
                .sum());
    }

    private void scale(FloatBuffer gradient, double factor) {
        float[] values = new float[AT_ONCE];
        for (Range range : ranges) {
            for (int from = range.start; from < range.end; from += AT_ONCE) {
                int count = Math.min(AT_ONCE, range.end - from);
                gradient.get(from, values, 0, count);
                for (int i = 0; i < count; i++) {
                    values[i] = (float) (factor * values[i]);
                }
                gradient.put(from, values, 0, count);
            }
        }
    }
}
