package io.github.resnetspark.image;

import io.github.resnetspark.failure.FailureException;
import java.io.Serializable;

/**
 * How evaluation and prediction turn a picture into a network's input: decode to RGB, scale the short side to {@code
 * resizeShortSide} (the long side is rounded down), crop the centre {@code inputSize} × {@code inputSize}, divide by 255,
 * subtract the mean, divide by the std.
 *
 * @param inputSize S of the network's input {@code [N, 3, S, S]}, at least 1
 * @param resizeShortSide in pixels, at least {@code inputSize}
 * @param normalization mean and std
 * @param resizeMethod the filter that scales, and the rounding of the crop's offset
 */
public record Preprocessing(int inputSize, int resizeShortSide, Normalization normalization, ResizeMethod resizeMethod)
        implements Serializable {
    /** Below this input size pictures are usually as small as the input, so their borders are kept. */
    private static final int SMALLEST_CROPPED_INPUT = 64;

    public Preprocessing {
        if (inputSize < 1) {
            throw new IllegalArgumentException(
                    "The input size is " + inputSize + " but must be at least 1. Set model.input to e.g. 224.");
        }
        if (resizeShortSide < inputSize) {
            throw new IllegalArgumentException("The evaluation resize is " + resizeShortSide
                    + " but the centre crop needs at least " + inputSize + ". Set data.evaluation-resize to "
                    + defaultResize(inputSize) + ".");
        }
    }

    /** With torchvision's filter, {@link ResizeMethod#TRIANGLE}. */
    public Preprocessing(int inputSize, int resizeShortSide, Normalization normalization) {
        this(inputSize, resizeShortSide, normalization, ResizeMethod.TRIANGLE);
    }

    /** With the default short side. */
    public static Preprocessing of(int inputSize, Normalization normalization) {
        return new Preprocessing(inputSize, defaultResize(inputSize), normalization);
    }

    /** The same for another input size. The short side changes in proportion. */
    public Preprocessing withInputSize(int other) {
        int shortSide = (int) Math.round((double) resizeShortSide * other / inputSize);
        return new Preprocessing(other, Math.max(other, shortSide), normalization, resizeMethod);
    }

    /** The default short side: the input size / 0.875, rounded (256 for 224), or the input size itself below 64. */
    public static int defaultResize(int inputSize) {
        return inputSize < SMALLEST_CROPPED_INPUT ? inputSize : (int) Math.round(inputSize / 0.875);
    }

    /** The number of floats of one picture: 3 × S × S. */
    public int inputLength() {
        return Math.multiplyExact(RgbImage.CHANNELS, Math.multiplyExact(inputSize, inputSize));
    }

    /** The text of a model directory's {@code preprocessing.json}. */
    public String toJson() {
        return PreprocessingJson.write(this);
    }

    /**
     * Reads the output of {@link #toJson}.
     *
     * @param where the file's name, for error messages
     * @throws PreprocessingException if a field is missing, unknown or unsupported by this release
     */
    public static Preprocessing fromJson(String json, String where) {
        return PreprocessingJson.read(json, where);
    }

    /** A {@code preprocessing.json} is damaged or describes steps that this release does not support. */
    public static final class PreprocessingException extends FailureException {
        private static final long serialVersionUID = 1L;

        PreprocessingException(String message, Throwable cause) {
            super(Kind.DATA, message, cause);
        }

        PreprocessingException(String message) {
            super(Kind.DATA, message);
        }
    }
}
