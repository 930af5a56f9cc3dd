package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.replica.GradientClipping.Range;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scales the learning rate of each tensor: by a factor of its part of the network, and by the trust ratio of LARS, {@code η ‖w‖ /
 * (‖g‖ + λ ‖w‖)}, for the tensors with weight decay λ, that is without biases and batch normalisation (You, Gitman and Ginsburg, "Large
 * Batch Training of Convolutional Networks", 2017).
 *
 * <p>A step moves along {@code g + λ w}, so a rate that is scaled by s is the same as a gradient {@code s g + (s − 1) λ w}. This way
 * DL4J's weight decay and momentum need not know about it.
 *
 * @param trustCoefficient η; 0 for no trust ratio
 * @param tensors all tensors that are trained
 */
record RateScaling(double trustCoefficient, List<Tensor> tensors) {
    private static final int AT_ONCE = 4096;

    RateScaling {
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor in the flat vectors.
     *
     * @param range its values
     * @param weightDecay λ; 0 if it has none
     * @param factor of its part of the network
     */
    record Tensor(Range range, double weightDecay, double factor) {}

    /** The scaling of a network's tensors. Running statistics are not trained and keep following the pictures. */
    static RateScaling of(ComputationGraph net, Descent descent) {
        List<Tensor> tensors = new ArrayList<>();
        for (Layer layer : net.getLayers()) {
            double factor = descent.partFactors().getOrDefault(part(layer), 1.0);
            layer.paramTable().forEach((key, values) -> {
                if (!isMeasured(layer, key)) {
                    boolean decays =
                            !(layer instanceof BatchNormalization) && key.equals(DefaultParamInitializer.WEIGHT_KEY);
                    tensors.add(new Tensor(range(values), decays ? descent.weightDecay() : 0, factor));
                }
            });
        }
        return new RateScaling(descent.trustCoefficient(), tensors);
    }

    /** The part of a layer, such as {@code stage2} for {@code stage2-block1-conv1}. */
    private static String part(Layer layer) {
        String name = layer.conf().getLayer().getLayerName();
        int end = name.indexOf('-');
        return end < 0 ? name : name.substring(0, end);
    }

    private static boolean isMeasured(Layer layer, String key) {
        return layer instanceof BatchNormalization
                && (key.equals(BatchNormalizationParamInitializer.GLOBAL_MEAN)
                        || key.equals(BatchNormalizationParamInitializer.GLOBAL_VAR));
    }

    /** Parameters are views of the flat vector, so they have the same offsets in the gradient. */
    private static Range range(INDArray values) {
        int start = Math.toIntExact(values.offset());
        return new Range(start, start + Math.toIntExact(values.length()));
    }

    /**
     * Changes a gradient in place.
     *
     * @param gradient {@code [numParams]}, the mean over a minibatch without weight decay
     * @param parameters {@code [numParams]}
     */
    void scale(FloatBuffer gradient, FloatBuffer parameters) {
        for (Tensor tensor : tensors) {
            double scale = tensor.factor * trustRatio(tensor, gradient, parameters);
            if (scale != 1) {
                scale(tensor, scale, gradient, parameters);
            }
        }
    }

    /** 1 for tensors without weight decay, and if a norm is 0. A norm that is not finite is left to stop the run. */
    private double trustRatio(Tensor tensor, FloatBuffer gradient, FloatBuffer parameters) {
        if (trustCoefficient == 0 || tensor.weightDecay == 0) {
            return 1;
        }
        double ofWeights = norm(tensor.range, parameters);
        double ofGradient = norm(tensor.range, gradient);
        return ofWeights > 0 && ofGradient > 0
                ? trustCoefficient * ofWeights / (ofGradient + tensor.weightDecay * ofWeights)
                : 1;
    }

    static double norm(Range range, FloatBuffer vector) {
        float[] values = new float[AT_ONCE];
        double squares = 0;
        for (int from = range.start(); from < range.end(); from += AT_ONCE) {
            int count = Math.min(AT_ONCE, range.end() - from);
            vector.get(from, values, 0, count);
            for (int i = 0; i < count; i++) {
                squares += (double) values[i] * values[i];
            }
        }
        return Math.sqrt(squares);
    }

    private static void scale(Tensor tensor, double scale, FloatBuffer gradient, FloatBuffer parameters) {
        float[] slopes = new float[AT_ONCE];
        float[] weights = new float[AT_ONCE];
        double ofWeights = (scale - 1) * tensor.weightDecay;
        Range range = tensor.range;
        for (int from = range.start(); from < range.end(); from += AT_ONCE) {
            int count = Math.min(AT_ONCE, range.end() - from);
            gradient.get(from, slopes, 0, count);
            parameters.get(from, weights, 0, count);
            for (int i = 0; i < count; i++) {
                slopes[i] = (float) (scale * slopes[i] + ofWeights * weights[i]);
            }
            gradient.put(from, slopes, 0, count);
        }
    }
}
