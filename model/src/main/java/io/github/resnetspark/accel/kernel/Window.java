package io.github.resnetspark.accel.kernel;

/** The window of a convolution or a pool, all in pixels; the padding is on each side. */
public record Window(long height, long width, long strideY, long strideX, long padY, long padX) {

    /** From DL4J's pairs of rows and columns. */
    public static Window of(int[] kernel, int[] stride, int[] padding) {
        return new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1]);
    }

    /** The window that is the whole picture. */
    public static Window global(ImageShape input) {
        return new Window(input.height(), input.width(), 1, 1, 0, 0);
    }

    /** What comes out of {@code input} with so many channels: windows that do not fit are dropped. */
    public ImageShape output(ImageShape input, long channels) {
        return new ImageShape(
                input.batch(),
                channels,
                (input.height() + 2 * padY - height) / strideY + 1,
                (input.width() + 2 * padX - width) / strideX + 1);
    }

    /** Rows and columns of it. */
    public long[] size() {
        return new long[] {height, width};
    }

    /** Steps from one to the next. */
    public long[] strides() {
        return new long[] {strideY, strideX};
    }

    /** Padding on one side; that on the other is the same. */
    public long[] padding() {
        return new long[] {padY, padX};
    }
}
