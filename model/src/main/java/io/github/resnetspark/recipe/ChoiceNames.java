package io.github.resnetspark.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a recipe writes the constants of an enum: {@code PAD_CROP_FLIP} is {@code pad-crop-flip}. An enum whose
 * {@code toString} says something else than the constant's name (such as {@code v1.5}) is written that way, and a single
 * letter as it is. Upper and lower case are not told apart when reading.
 */
public final class ChoiceNames {
    private ChoiceNames() {}

    /** The constant as a recipe writes it. */
    public static String of(Enum<?> constant) {
        String own = constant.toString();
        boolean asNamed = own.equals(constant.name()) && own.length() > 1;
        return asNamed ? own.toLowerCase(Locale.ROOT).replace('_', '-') : own;
    }

    /** All constants of the enum as a recipe writes them, joined by commas. */
    public static <E extends Enum<E>> String listed(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(ChoiceNames::of).collect(Collectors.joining(", "));
    }
}
