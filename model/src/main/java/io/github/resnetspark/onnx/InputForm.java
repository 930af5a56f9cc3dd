package io.github.resnetspark.onnx;

/** What the model takes. */
public enum InputForm {
    /** The input {@code input}: normalised pictures, float32, {@code [N, 3, S, S]}, RGB. */
    NORMALIZED,
    /** The input {@code pictures}: pictures of the network's size as they are, uint8, {@code [N, S, S, 3]}, RGB. */
    PICTURES
}
