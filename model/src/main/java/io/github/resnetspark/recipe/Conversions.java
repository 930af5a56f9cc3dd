package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.resnetspark.recipe.Conversion.NotAcceptable;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The types that a key of a recipe can have. Overrides are literal text, so each type also accepts its text form. */
final class Conversions {
    private static final Pattern BARE_NUMBER =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    private Conversions() {}

    static Conversion<Long> wholeNumber(Range range, long most) {
        return value -> {
            long number;
            try {
                number = new BigDecimal(scalar(value, "a whole number")).longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw new NotAcceptable("a whole number");
            }
            if (!range.contains((double) number)) {
                throw new NotAcceptable(range.inWords());
            }
            if (number > most) {
                throw new NotAcceptable("at most " + most);
            }
            return number;
        };
    }

    static Conversion<Double> decimal(Range range) {
        return value -> {
            double number;
            try {
                number = new BigDecimal(scalar(value, "a number")).doubleValue();
            } catch (NumberFormatException e) {
                throw new NotAcceptable("a number");
            }
            if (!range.contains(number)) {
                throw new NotAcceptable(range.inWords());
            }
            return number;
        };
    }

    static Conversion<String> text() {
        return value -> {
            String text = scalar(value, "a text");
            if (text.isEmpty()) {
                throw new NotAcceptable("a text that is not empty");
            }
            return text;
        };
    }

    static Conversion<Boolean> truth() {
        return value -> switch (scalar(value, "true or false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NotAcceptable("true or false");
        };
    }

    static Conversion<URI> uri() {
        return value -> {
            try {
                return UriText.parse(scalar(value, "a URI"));
            } catch (UriText.NoPlaceException e) {
                throw new NotAcceptable(e.getMessage());
            }
        };
    }

    static <E extends Enum<E>> Conversion<E> choice(Class<E> type) {
        return value -> {
            String mustBe = "one of " + ChoiceNames.listed(type);
            return ChoiceNames.find(type, scalar(value, mustBe)).orElseThrow(() -> new NotAcceptable(mustBe));
        };
    }

    static Conversion<Long> memorySize(Range range) {
        return value -> {
            requireUnit(value, "a number with a unit of memory, e.g. %s MiB");
            long bytes;
            try {
                bytes = value.atKey("size").getMemorySize("size").toBytes();
            } catch (ConfigException | IllegalArgumentException e) {
                // The second where it is no long.
                throw new NotAcceptable("a number with a unit of memory (KiB, MiB, GiB)");
            }
            if (!range.contains((double) bytes)) {
                throw new NotAcceptable(range.inWords() + " bytes");
            }
            return bytes;
        };
    }

    static Conversion<Duration> duration() {
        return value -> {
            requireUnit(value, "a number with a unit of time, e.g. %s s or %1$s minutes");
            try {
                return value.atKey("time").getDuration("time");
            } catch (ConfigException e) {
                throw new NotAcceptable("a number with a unit of time (ms, s, minutes, hours)");
            }
        };
    }

    static <T> Conversion<List<T>> listOf(Conversion<T> element) {
        return value -> {
            if (!(value instanceof ConfigList list)) {
                throw new NotAcceptable("a list in brackets");
            }
            List<T> converted = new ArrayList<>();
            for (ConfigValue item : list) {
                try {
                    converted.add(element.from(item));
                } catch (NotAcceptable e) {
                    throw new NotAcceptable("a list whose every element is " + e.getMessage());
                }
            }
            return List.copyOf(converted);
        };
    }

    /** A single one counts as a list of one. */
    static <T> Conversion<List<T>> oneOrMore(Conversion<T> element) {
        Conversion<List<T>> several = listOf(element);
        return value -> value instanceof ConfigList ? several.from(value) : List.of(element.from(value));
    }

    /** HOCON takes a bare number for milliseconds or bytes, which nobody means. Nothing is nothing in every unit. */
    private static void requireUnit(ConfigValue value, String mustBe) throws NotAcceptable {
        String written = scalar(value, String.format(Locale.ROOT, mustBe, "10"));
        if (BARE_NUMBER.matcher(written).matches() && new BigDecimal(written).signum() != 0) {
            throw new NotAcceptable(String.format(Locale.ROOT, mustBe, written));
        }
    }

    private static String scalar(ConfigValue value, String mustBe) throws NotAcceptable {
        return switch (value.valueType()) {
            case STRING -> ((String) value.unwrapped()).strip();
            case NUMBER, BOOLEAN -> value.render(ConfigRenderOptions.concise());
            default -> throw new NotAcceptable(mustBe);
        };
    }

    /** The value as an error message quotes it. */
    static String shown(ConfigValue value) {
        if (value.valueType() == ConfigValueType.STRING) {
            String text = (String) value.unwrapped();
            return text.isBlank() ? "\"" + text + "\"" : UriText.shownRefused(text);
        }
        return UriText.shownRefused(value.render(ConfigRenderOptions.concise().setFormatted(false)));
    }
}
