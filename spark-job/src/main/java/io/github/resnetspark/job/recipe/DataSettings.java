package io.github.resnetspark.job.recipe;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.ColorJitter;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.RandomErasing;
import io.github.resnetspark.job.worker.LocalCache;
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
 * @param colorJitter how much brightness, contrast, saturation and hue are varied; empty = not at all
 * @param randomErasing the probability that a rectangle of a training picture is hidden
 * @param evaluationResize the short side in pixels before the centre crop to {@code model.input}
 * @param shuffleWindow row groups whose pictures are shuffled together
 * @param decodeThreads threads per worker that decode and augment ahead of the network
 * @param prefetchBatches minibatches that wait ready for the network
 * @param cacheDir a folder on each executor's own disk where row groups are kept; empty = none
 * @param cacheSize bytes that they may have together
 */
public record DataSettings(
        List<Double> mean,
        List<Double> std,
        Augmentation augment,
        List<Double> colorJitter,
        double randomErasing,
        int evaluationResize,
        int shuffleWindow,
        int decodeThreads,
        int prefetchBatches,
        String cacheDir,
        long cacheSize)
        implements Serializable {
    private static final long DEFAULT_CACHE_SIZE = 16L << 30;

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
                colorJitter(section),
                section.decimal(
                        "random-erasing",
                        0.0,
                        Range.between(0, 1),
                        "Set it to 0 for none or to a probability, e.g. 0.1."),
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
                        "Set it to the minibatches that wait ready for the network, e.g. 4."),
                cacheDir(section),
                section.memorySize(
                        "cache-size",
                        DEFAULT_CACHE_SIZE,
                        Range.atLeast(1),
                        "Set it to what the disk has to spare, e.g. 100 GiB."));
    }

    /** What is done to a training picture. */
    public PictureVariation variation() {
        ColorJitter jitter = colorJitter.isEmpty()
                ? ColorJitter.NONE
                : new ColorJitter(colorJitter.get(0), colorJitter.get(1), colorJitter.get(2), colorJitter.get(3));
        return new PictureVariation(augment, jitter, new RandomErasing(randomErasing));
    }

    /** Where executors keep row groups. */
    public LocalCache cache() {
        return cacheDir.isEmpty() ? LocalCache.NONE : new LocalCache(cacheDir, cacheSize);
    }

    private static List<Double> colorJitter(RecipeSection section) {
        String remedy = "Write brightness, contrast, saturation and hue, e.g. [0.4, 0.4, 0.4, 0.1].";
        List<Double> most = section.decimals("color-jitter", List.of(), Range.atLeast(0), remedy);
        if (!most.isEmpty() && (most.size() != 4 || most.get(3) > 0.5)) {
            section.refuse("color-jitter", most, "a list of four numbers, the last one at most 0.5", remedy);
            return List.of();
        }
        return most;
    }

    private static String cacheDir(RecipeSection section) {
        String remedy = "Set it to a folder on a disk that every executor has, e.g. /scratch/row-groups.";
        String folder = section.text("cache-dir", remedy).orElse("");
        if (!folder.isEmpty() && !folder.startsWith("/")) {
            section.refuse("cache-dir", folder, "an absolute path without a scheme", remedy);
            return "";
        }
        return folder;
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
