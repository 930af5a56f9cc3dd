package io.github.resnetspark.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a training picture is varied before the network sees it. */
public enum Augmentation {
    /** Not at all: what evaluation does. */
    NONE,
    /**
     * CIFAR's: 4 pixels of padding on each side, a random crop of the input size out of it, a horizontal flip half of
     * the time. The padding is 0 after normalisation, so it is the channel's mean: He et al. pad the picture from which the
     * mean is already subtracted. A picture of another size is scaled to the input size first, by its short side.
     */
    PAD_CROP_FLIP,
    /** ImageNet's: 8 % to 100 % of the area, width to height between 3/4 and 4/3, a flip half of the time. */
    RANDOM_RESIZED_CROP;

    /** The word for it in a recipe, such as {@code pad-crop-flip}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The augmentation of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Augmentation of(String key) {
        return Arrays.stream(values())
                .filter(augmentation -> augmentation.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no augmentation «" + key + "». Use one of "
                        + Arrays.stream(values()).map(Augmentation::key).collect(Collectors.joining(", ")) + "."));
    }
}
