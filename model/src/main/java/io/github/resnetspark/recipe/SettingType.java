package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.resnetspark.message.model.RecipeReasons;
import io.github.resnetspark.text.UriText;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a setting: how its values are read and written, and what the documentation calls it. Overrides are
 * literal text, so each type also reads its text form.
 *
 * @param words the name in the documentation, e.g. {@code whole number}
 * @param inRange reads a value and checks it against a range; types other than numbers ignore the range
 * @param counted the unit of a range with a space before it, or empty
 * @param written formats a value as in a recipe, e.g. {@code 64 MiB}
 * @param exact formats a value without rounding and without units, for comparisons and messages
 */
record SettingType<T>(
        String words,
        Function<Range, Conversion<T>> inRange,
        String counted,
        Function<T, String> written,
        Function<T, String> exact) {
    private static final Pattern BARE_NUMBER =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    /** Converts a written value to a typed one. */
    @FunctionalInterface
    interface Conversion<T> {
        /**
         * Converts a value.
         *
         * @throws NotAcceptable if the value is not acceptable
         */
        T from(ConfigValue value) throws NotAcceptable;
    }

    /** Says what a value must be, in words that follow "must be". */
    static final class NotAcceptable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String quoted;
        private final String remedy;

        NotAcceptable(String mustBe) {
            this(mustBe, null, null);
        }

        /** With another quotation of the value and another remedy than usual. Either may be null. */
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

    /** A whole number, or a word instead of it, which becomes an empty value. */
    static SettingType<Optional<Integer>> integerOr(String word) {
        SettingType<Integer> number = integer();
        return new SettingType<>(
                number.words + " or `" + word + "`",
                range -> value ->
                        scalar(value, RecipeReasons.wholeNumberOr(word)).equalsIgnoreCase(word)
                                ? Optional.empty()
                                : Optional.of(number.inRange.apply(range).from(value)),
                "",
                value -> value.map(String::valueOf).orElse(word),
                value -> value.map(String::valueOf).orElse(word));
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
        return unranged("true or false", value -> switch (scalar(value, RecipeReasons.trueOrFalse())) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NotAcceptable(RecipeReasons.trueOrFalse());
        });
    }

    static SettingType<URI> place() {
        Conversion<URI> conversion = value -> {
            try {
                return UriText.parse(scalar(value, RecipeReasons.uri()));
            } catch (UriText.InvalidUriException e) {
                throw new NotAcceptable(e.getMessage());
            }
        };
        return new SettingType<>("URI", range -> conversion, "", UriText::text, UriText::text);
    }

    /** One of several choices, by name, ignoring case. */
    static <T> SettingType<T> choice(List<T> choices, Function<T, String> name) {
        String listed = choices.stream().map(name).collect(Collectors.joining(", "));
        String mustBe = RecipeReasons.oneOf(listed);
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
                "size (KiB, MiB, GiB)",
                range -> value -> memorySize(value, range),
                " B",
                SettingType::memory,
                String::valueOf);
    }

    static SettingType<Duration> duration() {
        return new SettingType<>(
                "duration (ms, s, minutes, hours)",
                range -> SettingType::duration,
                "",
                SettingType::time,
                time -> time.toMillis() + " ms");
    }

    /** A list in brackets. The range is that of each element. */
    static <T> SettingType<List<T>> listOf(SettingType<T> element) {
        return new SettingType<>(
                "list of " + element.words + "s",
                range -> elements(element.inRange.apply(range)),
                element.counted,
                list -> listed(list, element.written),
                list -> listed(list, element.exact));
    }

    /** The same. A single value counts as a list of one. */
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
            number = new BigDecimal(scalar(value, RecipeReasons.wholeNumber())).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new NotAcceptable(RecipeReasons.wholeNumber());
        }
        if (!range.contains((double) number)) {
            throw new NotAcceptable(range.inWords());
        }
        if (number > most) {
            throw new NotAcceptable(RecipeReasons.atMost(most));
        }
        return number;
    }

    private static double decimal(ConfigValue value, Range range) throws NotAcceptable {
        double number;
        try {
            number = new BigDecimal(scalar(value, RecipeReasons.number())).doubleValue();
        } catch (NumberFormatException e) {
            throw new NotAcceptable(RecipeReasons.number());
        }
        if (!range.contains(number)) {
            throw new NotAcceptable(range.inWords());
        }
        return number;
    }

    private static String text(ConfigValue value) throws NotAcceptable {
        String text = scalar(value, RecipeReasons.text());
        if (text.isEmpty()) {
            throw new NotAcceptable(RecipeReasons.notEmpty());
        }
        return text;
    }

    private static long memorySize(ConfigValue value, Range range) throws NotAcceptable {
        requireUnit(value, RecipeReasons::memorySizeSuchAs);
        long bytes;
        try {
            bytes = value.atKey("size").getMemorySize("size").toBytes();
        } catch (ConfigException | IllegalArgumentException e) {
            // The second exception if the number overflows a long.
            throw new NotAcceptable(RecipeReasons.memorySize());
        }
        if (!range.contains((double) bytes)) {
            throw new NotAcceptable(RecipeReasons.bytes(range.inWords()));
        }
        return bytes;
    }

    private static Duration duration(ConfigValue value) throws NotAcceptable {
        requireUnit(value, RecipeReasons::durationSuchAs);
        try {
            return value.atKey("time").getDuration("time");
        } catch (ConfigException e) {
            throw new NotAcceptable(RecipeReasons.duration());
        }
    }

    private static <T> Conversion<List<T>> elements(Conversion<T> element) {
        return value -> {
            if (!(value instanceof ConfigList list)) {
                throw new NotAcceptable(RecipeReasons.list());
            }
            List<T> converted = new ArrayList<>();
            for (ConfigValue item : list) {
                try {
                    converted.add(element.from(item));
                } catch (NotAcceptable e) {
                    throw new NotAcceptable(RecipeReasons.listOf(e.getMessage()));
                }
            }
            return List.copyOf(converted);
        };
    }

    /** HOCON reads a number without a unit as milliseconds or bytes, which is hardly ever intended. 0 needs no unit. */
    private static void requireUnit(ConfigValue value, UnaryOperator<String> mustBe) throws NotAcceptable {
        String written = scalar(value, mustBe.apply("10"));
        if (BARE_NUMBER.matcher(written).matches() && new BigDecimal(written).signum() != 0) {
            throw new NotAcceptable(mustBe.apply(written));
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

    /** The value in the form that error messages quote. */
    static String shown(ConfigValue value) {
        if (value.valueType() == ConfigValueType.STRING) {
            String text = (String) value.unwrapped();
            return text.isBlank() ? "\"" + text + "\"" : UriText.shownRefused(text);
        }
        return UriText.shownRefused(value.render(ConfigRenderOptions.concise().setFormatted(false)));
    }
}
