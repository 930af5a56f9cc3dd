package io.github.resnetspark.resnet;

/**
 * How much of the picture a value depends on.
 *
 * @param side of that square, in pixels
 * @param step from it to that of the value beside it, in pixels
 */
record ReceptiveField(long side, long step) {
    /** That of a pixel itself. */
    static final ReceptiveField PIXEL = new ReceptiveField(1, 1);

    /** That of what a window of so many values makes. */
    ReceptiveField through(long window, int stride) {
        return new ReceptiveField(side + (window - 1) * step, step * stride);
    }

    /** That of a value which depends on both; they lie about the same pixel and step alike. */
    ReceptiveField larger(ReceptiveField other) {
        return other.side > side ? other : this;
    }
}
