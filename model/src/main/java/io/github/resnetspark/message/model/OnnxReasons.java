package io.github.resnetspark.message.model;

import java.util.Locale;

/** How two forms of a network differ. */
public final class OnnxReasons {
    private OnnxReasons() {}

    /**
     * The logits differ.
     *
     * @param pictures that both computed
     * @param difference the largest between two logits
     * @param largest the largest logit
     * @param otherClass pictures with another most probable class
     */
    public static String logits(int pictures, double difference, double largest, int otherClass) {
        return String.format(
                Locale.ROOT,
                "for %d %s the logits differ by up to %.3g (the largest logit is %.3g), and %d %s another class",
                pictures,
                pictures == 1 ? "picture" : "pictures",
                difference,
                largest,
                otherClass,
                otherClass == 1 ? "picture gets" : "pictures get");
    }
}
