package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One section of a recipe, read key by key. Every read makes its key a known one. A value that does not hold is noted
 * among the problems, and the read returns the default, so that reading goes on.
 *
 * <p>The {@code remedy} of a read is the sentence that follows the fact in the error message: what a user should write
 * instead, with an example.
 */
public final class RecipeSection {
    private final String name;
    private final ConfigObject values;
    private final String fallbackLocation;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    RecipeSection(String name, ConfigObject values, String fallbackLocation, Problems problems) {
        this.name = name;
        this.values = values;
        this.fallbackLocation = fallbackLocation;
        this.problems = problems;
    }

    /** The section's own name, e.g. {@code train}. */
    public String name() {
        return name;
    }

    /** A whole number that fits an {@code int}. */
    public int integer(String key, int defaultValue, Range range, String remedy) {
        return read(key, Conversions.wholeNumber(range, Integer.MAX_VALUE), remedy)
                .map(Long::intValue)
                .orElse(defaultValue);
    }

    /** A whole number that fits a {@code long}, such as a seed. */
    public long longInteger(String key, long defaultValue, Range range, String remedy) {
        return read(key, Conversions.wholeNumber(range, Long.MAX_VALUE), remedy).orElse(defaultValue);
    }

    /** A number. */
    public double decimal(String key, double defaultValue, Range range, String remedy) {
        return read(key, Conversions.decimal(range), remedy).orElse(defaultValue);
    }

    /** A text that is not empty; nothing where the recipe does not say. */
    public Optional<String> text(String key, String remedy) {
        return read(key, Conversions.text(), remedy);
    }

    /** A URI; a plain path is one without a scheme. Nothing where the recipe does not say. */
    public Optional<URI> uri(String key, String remedy) {
        return read(key, Conversions.uri(), remedy);
    }

    /** {@code true} or {@code false}. */
    public boolean truth(String key, boolean defaultValue, String remedy) {
        return read(key, Conversions.truth(), remedy).orElse(defaultValue);
    }

    /** A constant of an enum, written as {@link ChoiceNames} says. */
    public <E extends Enum<E>> E choice(String key, E defaultValue, String remedy) {
        return read(key, Conversions.choice(defaultValue.getDeclaringClass()), remedy)
                .orElse(defaultValue);
    }

    /** A list of numbers, each within the range. */
    public List<Double> decimals(String key, List<Double> defaultValue, Range range, String remedy) {
        return read(key, Conversions.listOf(Conversions.decimal(range)), remedy).orElse(defaultValue);
    }

    /** A whole number or a list of them, each within the range; a single one is a list of one. */
    public List<Integer> integers(String key, List<Integer> defaultValue, Range range, String remedy) {
        return read(key, Conversions.oneOrMore(Conversions.wholeNumber(range, Integer.MAX_VALUE)), remedy)
                .map(numbers -> numbers.stream().map(Long::intValue).toList())
                .orElse(defaultValue);
    }

    /** A list of texts. */
    public List<String> texts(String key, List<String> defaultValue, String remedy) {
        return read(key, Conversions.listOf(Conversions.text()), remedy).orElse(defaultValue);
    }

    /** An amount of memory in bytes, written with its unit: {@code 64 MiB}. The range counts bytes. */
    public long memorySize(String key, long defaultBytes, Range range, String remedy) {
        return read(key, Conversions.memorySize(range), remedy).orElse(defaultBytes);
    }

    /** A length of time, written with its unit: {@code 10 s}. */
    public Duration duration(String key, Duration defaultValue, String remedy) {
        return read(key, Conversions.duration(), remedy).orElse(defaultValue);
    }

    /** Whether the recipe itself gives the key a value. Does not make the key a known one. */
    public boolean has(String key) {
        ConfigValue value = values.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    /**
     * Notes that a value has the right type but cannot be used, e.g. beside the value of another key.
     *
     * @param key a key of this section
     * @param value the value in question, also where it is the default
     * @param mustBe what it must be, in words that follow «must be»
     * @param remedy a sentence that says what to write
     */
    public void refuse(String key, Object value, String mustBe, String remedy) {
        problems.add(location(key), key + " is " + value + " but must be " + mustBe, remedy);
    }

    /**
     * Notes a problem with a key in the reader's own words.
     *
     * @param sentences one with the value and one with the remedy, e.g. {@code depth is 21 but … . Set it to 20.}
     */
    public void note(String key, String sentences) {
        problems.add(location(key), sentences);
    }

    /**
     * Notes a problem where the recipe does not give the key a value and there is no default.
     *
     * @param remedy a sentence that says what to write
     */
    public void require(String key, String remedy) {
        if (!has(key)) {
            problems.add(fallbackLocation, name + "." + key + " is not set", remedy);
        }
    }

    private <T> Optional<T> read(String key, Conversion<T> conversion, String remedy) {
        known.add(key);
        if (!has(key)) {
            return Optional.empty();
        }
        ConfigValue value = values.get(key);
        try {
            return Optional.of(conversion.from(value));
        } catch (Conversion.NotAcceptable e) {
            refuse(key, Conversions.shown(value), e.getMessage(), remedy);
            return Optional.empty();
        }
    }

    private String location(String key) {
        return has(key) ? Origins.location(values.get(key).origin()) : fallbackLocation;
    }

    Set<String> knownKeys() {
        return known;
    }

    List<Map.Entry<String, ConfigValue>> unreadKeys() {
        return values.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .toList();
    }
}
