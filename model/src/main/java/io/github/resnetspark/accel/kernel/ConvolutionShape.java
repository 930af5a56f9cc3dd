package io.github.resnetspark.accel.kernel;

/**
 * A convolution with square or oblong windows, equally padded on opposite sides.
 *
 * @param input what comes in
 * @param outputs channels that go out
 * @param window its window
 * @param bias whether it adds a bias
 */
public record ConvolutionShape(ImageShape input, long outputs, Window window, Bias bias) {

    /** Whether a convolution adds a bias. */
    public enum Bias {
        /** It does. */
        PRESENT,
        /** It does not. */
        ABSENT
    }

    /** What goes out. */
    public ImageShape output() {
        return window.output(input, outputs);
    }
}
