package io.github.resnetspark.accel.kernel;

/** What is applied to a result before it is written. */
public enum Rectifier {
    /** Nothing. */
    NONE,
    /** {@code max(x, 0)}. */
    RELU
}
