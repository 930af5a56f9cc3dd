package io.github.resnetspark.accel.kernel;

/**
 * Pooling over windows.
 *
 * @param input what comes in
 * @param window the window
 * @param kind what is taken of it
 */
public record PoolShape(ImageShape input, Window window, Kind kind) {

    /** What is taken of a window. */
    public enum Kind {
        /** The largest value. */
        MAXIMUM,
        /** The mean of the values inside the picture. */
        AVERAGE
    }

    /** What goes out. */
    public ImageShape output() {
        return window.output(input, input.channels());
    }
}
