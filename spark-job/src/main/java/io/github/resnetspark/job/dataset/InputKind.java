package io.github.resnetspark.job.dataset;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;

/**
 * How pictures become input in the samples of the page.
 *
 * @param preprocessing of evaluation
 * @param variation of training
 * @param fromRecipe whether the recipe says so, rather than the size of the pictures
 */
record InputKind(Preprocessing preprocessing, PictureVariation variation, boolean fromRecipe) {
    private static final int SMALL_INPUT = 32;
    private static final int LARGE_INPUT = 224;
    /** Pictures with shorter sides are taken for those of CIFAR's kind. */
    private static final int SMALL = 64;

    /** What the recipe says. If it names neither a network nor an augmentation, what is usual for pictures of that size. */
    static InputKind of(Recipe recipe, DataSample sample, ChannelStatistics channels) {
        if (recipe.describesInput()) {
            int input = recipe.model().input();
            return new InputKind(
                    new Preprocessing(input, recipe.data().evaluationResize(), normalization(channels)),
                    recipe.data().variation(),
                    true);
        }
        int[] sides = sample.sizes().stream()
                .mapToInt(DataSample.Size::shortSide)
                .sorted()
                .toArray();
        boolean small = sides.length > 0 && sides[sides.length / 2] < SMALL;
        return new InputKind(
                Preprocessing.of(small ? SMALL_INPUT : LARGE_INPUT, normalization(channels)),
                PictureVariation.of(small ? Augmentation.PAD_CROP_FLIP : Augmentation.RANDOM_RESIZED_CROP),
                false);
    }

    /** That of the training pictures. Data sets without any have no usable figures. */
    private static Normalization normalization(ChannelStatistics channels) {
        return channels.pictures() > 0 && channels.std().stream().allMatch(std -> std > 0)
                ? Normalization.of(channels.mean(), channels.std())
                : Normalization.IMAGENET;
    }
}
