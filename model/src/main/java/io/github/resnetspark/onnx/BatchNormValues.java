package io.github.resnetspark.onnx;

import org.deeplearning4j.nn.api.Layer;

/**
 * What a batch normalisation does to each channel in inference: {@code gamma · (x − mean) / √(variance + epsilon) + beta}.
 */
@SuppressWarnings("ArrayRecordComponent") // One value per channel, handed on at once.
record BatchNormValues(float[] gamma, float[] beta, float[] mean, float[] variance, double epsilon) {

    static BatchNormValues of(Layer layer, double epsilon) {
        return new BatchNormValues(
                LayerNodes.parameter(layer, "gamma"),
                LayerNodes.parameter(layer, "beta"),
                LayerNodes.parameter(layer, "mean"),
                LayerNodes.parameter(layer, "var"),
                epsilon);
    }

    int channels() {
        return gamma.length;
    }

    private double scale(int channel) {
        return gamma[channel] / Math.sqrt(variance[channel] + epsilon);
    }

    /**
     * The weights of a convolution that does both.
     *
     * @param weights {@code [out, …]}, row-major
     */
    float[] foldedWeights(float[] weights) {
        int perChannel = weights.length / channels();
        float[] folded = new float[weights.length];
        for (int channel = 0; channel < channels(); channel++) {
            double scale = scale(channel);
            for (int i = channel * perChannel; i < (channel + 1) * perChannel; i++) {
                folded[i] = (float) (weights[i] * scale);
            }
        }
        return folded;
    }

    /**
     * The bias of a convolution that does both.
     *
     * @param bias of the convolution before: one value per channel, 0 where it has none
     */
    float[] foldedBias(float[] bias) {
        float[] folded = new float[channels()];
        for (int channel = 0; channel < folded.length; channel++) {
            folded[channel] = (float) (beta[channel] + (bias[channel] - (double) mean[channel]) * scale(channel));
        }
        return folded;
    }
}
