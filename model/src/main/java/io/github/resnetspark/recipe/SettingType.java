package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.resnetspark.text.UriText;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a key of a recipe can hold: how such a value is read, what the documentation calls it, and how it is written. Overrides are
 * literal text, so each type also reads its text form.
 *
 * @param words what the documentation calls it, e.g. {@code whole number}
 * @param inRange reads a value and holds it against a range; types that are no numbers pass over the range
 * @param counted what the numbers of a range count, with a blank before it, or empty
 * @param written a value as people write it in a recipe, e.g. {@code 64 MiB}
 * @param exact a value without rounding and without units, for comparisons and messages
 */
record SettingType<T>(
        String words,
        Function<Range, Conversion<T>> inRange,
        String counted,
        Function<T, String> written,
        Function<T, String> exact) {
    private static final Pattern BARE_NUMBER =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    /** Makes a typed value of a written one. */
    @FunctionalInterface
    interface Conversion<T> {
        /**
         * The typed value.
         *
         * @throws NotAcceptable with what the value must be, where it is not that
         */
        T from(ConfigValue value) throws NotAcceptable;
    }

    /** Says what a value must be, in words that follow «must be». */
    static final class NotAcceptable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String quoted;
        private final String remedy;

        NotAcceptable(String mustBe) {
            this(mustBe, null, null);
        }

        /** With words that quote the value, and a remedy, in place of the usual ones; either may be null. */
        NotAcceptable(String mustBe, String quoted, String remedy) {
            super(mustBe);
            this.quoted = quoted;
            this.remedy = remedy;
        }

        Optional<String> quoted() {
            return Optional.ofNullable(quoted);
        }

        Optional<String> remedy() {
            return Optional.ofNullable(remedy);
        }
    }

    static SettingType<Integer> integer() {
        return new SettingType<>(
                "whole number",
                range -> value -> (int) wholeNumber(value, range, Integer.MAX_VALUE),
                "",
                String::valueOf,
                String::valueOf);
    }

    static SettingType<Long> longInteger() {
        return new SettingType<>(
                "whole number",
                range -> value -> wholeNumber(value, range, Long.MAX_VALUE),
                "",
                String::valueOf,
                String::valueOf);
    }

    static SettingType<Double> decimal() {
        return new SettingType<>(
                "number", range -> value -> decimal(value, range), "", SettingType::plain, String::valueOf);
    }

    static SettingType<String> text() {
        return unranged("text", SettingType::text);
    }

    static SettingType<Boolean> truth() {
        return unranged("true or false", value -> switch (scalar(value, "true or false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NotAcceptable("true or false");
        });
    }

    static SettingType<URI> place() {
        Conversion<URI> conversion = value -> {
            try {
                return UriText.parse(scalar(value, "a URI"));
            } catch (UriText.NoPlaceException e) {
                throw new NotAcceptable(e.getMessage());
            }
        };
        return new SettingType<>("URI", range -> conversion, "", UriText::text, UriText::text);
    }

    /** One of several, each by its name; upper and lower case are not told apart. */
    static <T> SettingType<T> choice(List<T> choices, Function<T, String> name) {
        String listed = choices.stream().map(name).collect(Collectors.joining(", "));
        String mustBe = "one of " + listed;
        Conversion<T> conversion = value -> {
            String written = scalar(value, mustBe);
            return choices.stream()
                    .filter(choice -> name.apply(choice).equalsIgnoreCase(written))
                    .findFirst()
                    .orElseThrow(() -> new NotAcceptable(mustBe));
        };
        String words =
                choices.stream().map(choice -> "`" + name.apply(choice) + "`").collect(Collectors.joining(", "));
        return new SettingType<>(words, range -> conversion, "", name, name);
    }

    static SettingType<Long> memorySize() {
        return new SettingType<>(
                "amount of memory (KiB, MiB, GiB)",
                range -> value -> memorySize(value, range),
                " B",
                SettingType::memory,
                String::valueOf);
    }

    static SettingType<Duration> duration() {
        return new SettingType<>(
                "time (ms, s, minutes, hours)",
                range -> SettingType::duration,
                "",
                SettingType::time,
                time -> time.toMillis() + " ms");
    }

    /** A list in brackets; the range is that of each element. */
    static <T> SettingType<List<T>> listOf(SettingType<T> element) {
        return new SettingType<>(
                "list of " + element.words + "s",
                range -> elements(element.inRange.apply(range)),
                element.counted,
                list -> listed(list, element.written),
                list -> listed(list, element.exact));
    }

    /** The same, where a single one counts as a list of one. */
    static <T> SettingType<List<T>> oneOrMore(SettingType<T> element) {
        SettingType<List<T>> several = listOf(element);
        return new SettingType<>(
                element.words + " or a list of them",
                range -> {
                    Conversion<T> one = element.inRange.apply(range);
                    Conversion<List<T>> all = several.inRange.apply(range);
                    return value -> value instanceof ConfigList ? all.from(value) : List.of(one.from(value));
                },
                element.counted,
                list -> list.size() == 1 ? element.written.apply(list.get(0)) : several.written.apply(list),
                several.exact);
    }

    private static <T> SettingType<T> unranged(String words, Conversion<T> conversion) {
        return new SettingType<>(words, range -> conversion, "", String::valueOf, String::valueOf);
    }

    private static long wholeNumber(ConfigValue value, Range range, long most) throws NotAcceptable {
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
    }

    private static double decimal(ConfigValue value, Range range) throws NotAcceptable {
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
    }

    private static String text(ConfigValue value) throws NotAcceptable {
        String text = scalar(value, "a text");
        if (text.isEmpty()) {
            throw new NotAcceptable("a text that is not empty");
        }
        return text;
    }

    private static long memorySize(ConfigValue value, Range range) throws NotAcceptable {
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
    }

    private static Duration duration(ConfigValue value) throws NotAcceptable {
        requireUnit(value, "a number with a unit of time, e.g. %s s or %1$s minutes");
        try {
            return value.atKey("time").getDuration("time");
        } catch (ConfigException e) {
            throw new NotAcceptable("a number with a unit of time (ms, s, minutes, hours)");
        }
    }

    private static <T> Conversion<List<T>> elements(Conversion<T> element) {
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

    private static <T> String listed(List<T> list, Function<T, String> element) {
        return list.stream().map(element).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private static String memory(long bytes) {
        List<String> units = List.of("B", "KiB", "MiB", "GiB");
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, units.size() - 1);
        return (bytes >> (10 * unit)) + " " + units.get(unit);
    }

    private static String time(Duration time) {
        boolean wholeMinutes = Duration.ofMinutes(time.toMinutes()).equals(time);
        return wholeMinutes ? time.toMinutes() + " minutes" : time.toMillis() + " ms";
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
