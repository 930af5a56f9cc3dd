package io.github.resnetspark.accel.layer;

/** A producer that may apply the ReLU that follows it, and its backward pass, as part of its own work. */
interface RectifiesItself {

    /** Whether it did in its last forward pass. */
    boolean hasRectified();
}
