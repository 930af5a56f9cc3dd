package io.github.resnetspark.image;

import io.github.resnetspark.failure.FailureException;
import java.io.Serializable;

/**
 * How a picture becomes a network's input when nothing is random: decode to RGB, scale the short side to {@code
 * resizeShortSide} (the long side is rounded down), cut the middle {@code inputSize} × {@code inputSize} out, divide by
 * 255, subtract the mean, divide by the std.
 *
 * @param inputSize S of the network's input {@code [N, 3, S, S]}, at least 1
 * @param resizeShortSide in pixels, at least {@code inputSize}
 * @param normalization mean and std
 * @param resizeMethod how the picture is scaled and its middle found
 */
public record Preprocessing(int inputSize, int resizeShortSide, Normalization normalization, ResizeMethod resizeMethod)
        implements Serializable {
    /** Below this input size pictures are as small as the input, so nothing is cut off their borders. */
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

    /** The preprocessing with torchvision's way to scale, {@link ResizeMethod#TRIANGLE}. */
    public Preprocessing(int inputSize, int resizeShortSide, Normalization normalization) {
        this(inputSize, resizeShortSide, normalization, ResizeMethod.TRIANGLE);
    }

    /** The preprocessing with the usual short side. */
    public static Preprocessing of(int inputSize, Normalization normalization) {
        return new Preprocessing(inputSize, defaultResize(inputSize), normalization);
    }

    /** The input size / 0.875, rounded (256 for 224); the input size itself below 64. */
    public static int defaultResize(int inputSize) {
        return inputSize < SMALLEST_CROPPED_INPUT ? inputSize : (int) Math.round(inputSize / 0.875);
    }

    /** The number of floats of one picture: 3 × S × S. */
    public int inputLength() {
        return Math.multiplyExact(RgbImage.CHANNELS, Math.multiplyExact(inputSize, inputSize));
    }

    /** The text of a bundle's {@code preprocessing.json}. */
    public String toJson() {
        return PreprocessingJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param json the text
     * @param where the file's name, for the error message
     * @throws PreprocessingException if anything is missing, unknown or different from what this version can do
     */
    public static Preprocessing fromJson(String json, String where) {
        return PreprocessingJson.read(json, where);
    }

    /** A {@code preprocessing.json} that cannot be followed; the message says what is wrong and what to do. */
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
