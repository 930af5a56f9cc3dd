package io.github.resnetspark.analysis;

/** Which parameters are weights: those of convolutions and fully connected layers, neither biases nor batch normalisation. */
final class Weights {
    /** DL4J's name of them in every such layer. */
    static final String KEY = "W";

    private Weights() {}
}
