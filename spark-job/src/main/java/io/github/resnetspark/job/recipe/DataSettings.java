package io.github.resnetspark.job.recipe;

import io.github.resnetspark.image.Augmentation;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.util.List;

/**
 * The section {@code data} without {@code data.shards} (which is {@link Recipe#shards()}): from stored pictures to what
 * the network sees.
 *
 * @param mean per channel R, G, B on the scale 0..1, subtracted from each pixel; empty = the figures of the manifest
 * @param std per channel R, G, B on the scale 0..1, which each pixel is divided by; empty = the figures of the manifest
 * @param augment what is done to a training picture
 * @param evaluationResize the short side in pixels before the centre crop to {@code model.input}
 * @param shuffleWindow row groups whose pictures are shuffled together
 * @param decodeThreads threads per worker that decode and augment ahead of the network
 * @param prefetchBatches minibatches that wait ready for the network
 */
public record DataSettings(
        List<Double> mean,
        List<Double> std,
        Augmentation augment,
        int evaluationResize,
        int shuffleWindow,
        int decodeThreads,
        int prefetchBatches)
        implements Serializable {

    /**
     * Reads the section; keys that it leaves out have the defaults given here.
     *
     * @param input the side of the network's input in pixels, which {@code evaluation-resize} depends on
     */
    public static DataSettings from(RecipeSection section, int input) {
        String figures = "Write one number for each of red, green and blue on the scale 0..1,"
                + " or leave it out to take the manifest's.";
        return new DataSettings(
                perChannel(section, "mean", Range.between(0, 1), figures),
                perChannel(section, "std", Range.above(0).upTo(1), figures),
                section.choice(
                        "augment",
                        Augmentation.NONE,
                        "Choose pad-crop-flip for CIFAR, random-resized-crop for ImageNet."),
                evaluationResize(section, input),
                section.integer(
                        "shuffle-window",
                        4,
                        Range.atLeast(1),
                        "Set it to the row groups whose pictures are shuffled together, e.g. 4."),
                section.integer(
                        "decode-threads", 1, Range.atLeast(1), "Set it to the decoding threads per worker, e.g. 1."),
                section.integer(
                        "prefetch-batches",
                        4,
                        Range.atLeast(1),
                        "Set it to the minibatches that wait ready for the network, e.g. 4."));
    }

    private static List<Double> perChannel(RecipeSection section, String key, Range range, String remedy) {
        List<Double> figures = section.decimals(key, List.of(), range, remedy);
        if (!figures.isEmpty() && figures.size() != 3) {
            section.refuse(key, figures, "a list of three numbers", remedy);
            return List.of();
        }
        return figures;
    }

    private static int evaluationResize(RecipeSection section, int input) {
        int usual = Preprocessing.defaultResize(input);
        return section.integer(
                "evaluation-resize",
                usual,
                Range.atLeast(input),
                "Set it to model.input (" + input + ") or somewhat more, e.g. " + usual + ".");
    }
}
