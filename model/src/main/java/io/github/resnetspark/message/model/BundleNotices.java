package io.github.resnetspark.message.model;

/** What is logged while a model directory is written. */
public final class BundleNotices {
    private BundleNotices() {}

    /** The {@code problem} is a whole message of {@link OnnxFailures}. */
    public static String withoutOnnx(String directory, String file, String problem) {
        return "Writing " + directory + " without " + file + ". The model itself is complete. " + problem;
    }
}
