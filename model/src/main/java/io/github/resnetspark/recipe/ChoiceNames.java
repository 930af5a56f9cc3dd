package io.github.resnetspark.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a recipe writes the constants of an enum: {@code PAD_CROP_FLIP} is {@code pad-crop-flip}. If {@code toString}
 * differs from the constant's name (as in {@code v1.5}), it is written instead. A single letter is written as it is.
 * Reading ignores case.
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
