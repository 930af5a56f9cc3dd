package io.github.resnetspark.kernels.provider;

/**
 * The window of a convolution or a pool, all in pixels.
 *
 * @param padY padding above the picture
 * @param padX padding left of the picture
 * @param endY padding below the picture
 * @param endX padding right of the picture
 */
public record Window(long height, long width, long strideY, long strideX, long padY, long padX, long endY, long endX) {

    /** From DL4J's pairs of rows and columns. The padding is the same on opposite sides. */
    public static Window of(int[] kernel, int[] stride, int[] padding) {
        return new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1], padding[0], padding[1]);
    }

    /**
     * DL4J's {@code ConvolutionMode.Same}: one window per stride in the picture, the last of which may be incomplete.
     * The padding is divided between both sides; an odd remainder goes below and to the right.
     */
    public static Window covering(int[] kernel, int[] stride, ImageShape input) {
        long missingY = missing(input.height(), kernel[0], stride[0]);
        long missingX = missing(input.width(), kernel[1], stride[1]);
        return new Window(
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                missingY / 2,
                missingX / 2,
                missingY - missingY / 2,
                missingX - missingX / 2);
    }

    private static long missing(long size, long kernel, long stride) {
        long windows = (size + stride - 1) / stride;
        return Math.max(0, (windows - 1) * stride + kernel - size);
    }

    /** The window that is the whole picture. */
    public static Window global(ImageShape input) {
        return new Window(input.height(), input.width(), 1, 1, 0, 0, 0, 0);
    }

    /** The output shape for {@code input} with the given number of channels. Windows that do not fit are dropped. */
    public ImageShape output(ImageShape input, long channels) {
        return new ImageShape(
                input.batch(),
                channels,
                (input.height() + padY + endY - height) / strideY + 1,
                (input.width() + padX + endX - width) / strideX + 1);
    }

    /** Rows and columns of the window. */
    public long[] size() {
        return new long[] {height, width};
    }

    /** Steps from one window to the next. */
    public long[] strides() {
        return new long[] {strideY, strideX};
    }

    /** Padding above and to the left. */
    public long[] paddingInFront() {
        return new long[] {padY, padX};
    }

    /** Padding below and to the right. */
    public long[] paddingBehind() {
        return new long[] {endY, endX};
    }
}
