package io.github.resnetspark.job.cli;

import io.github.resnetspark.recipe.ChoiceNames;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The constants of an enum by the names that they have in recipes. */
abstract class ChoiceConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    ChoiceConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public final E convert(String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ChoiceNames.of(constant).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + name + "' is none of " + ChoiceNames.listed(type)));
    }
}
