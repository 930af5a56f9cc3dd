package io.github.resnetspark.onnx;

import org.deeplearning4j.nn.api.Layer;

/**
 * The inference form of batch normalisation, per channel: {@code gamma · (x − mean) / √(variance + epsilon) + beta}.
 */
@SuppressWarnings("ArrayRecordComponent") // One value per channel, passed on immediately.
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
     * The weights of a convolution that includes the batch normalisation.
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
     * The bias of a convolution that includes the batch normalisation.
     *
     * @param bias of the convolution: one value per channel, 0 if it has no bias
     */
    float[] foldedBias(float[] bias) {
        float[] folded = new float[channels()];
        for (int channel = 0; channel < folded.length; channel++) {
            folded[channel] = (float) (beta[channel] + (bias[channel] - (double) mean[channel]) * scale(channel));
        }
        return folded;
    }
}
