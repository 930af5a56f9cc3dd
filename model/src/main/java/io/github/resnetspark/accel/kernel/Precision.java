package io.github.resnetspark.accel.kernel;

/** In which numbers convolutions multiply. What goes in and out of a kernel is float32, and so are the sums. */
public enum Precision {
    /** float32. */
    F32,
    /** bfloat16, float32 with a mantissa of 8 bits. */
    BF16
}
