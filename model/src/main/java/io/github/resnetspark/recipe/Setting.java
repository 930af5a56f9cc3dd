package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigValue;
import io.github.resnetspark.recipe.SettingType.NotAcceptable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The declaration of one key of a recipe: type, range, unit, default, description and remedy. Reading, error messages and
 * the documentation all use this declaration. Immutable: every method below returns a changed copy.
 *
 * <pre>{@code
 * static final Setting<Integer> EPOCHS = Setting.integer("epochs")
 *         .within(Range.atLeast(1))
 *         .orElse(90)
 *         .help("Passes over the training pictures.")
 *         .remedy("Set it to the number of passes over the training pictures, e.g. 90.");
 * }</pre>
 *
 * <p>If a range or a default depends on other keys, the declaration describes it in words and the reader of the section
 * supplies the numbers: {@code section.value(MIN_WORKERS.orElse(workers).within(Range.between(1, workers)))}.
 *
 * @param <T> type of its values
 */
public final class Setting<T> {
    /** Whether a value is part of a run's identity. A run is resumed only with the same identity. */
    public enum Identity {
        /** The value decides the result. */
        ALWAYS,
        /** The key was added after runs that may still be resumed. It is left out if it has its default value. */
        UNLESS_DEFAULT,
        /** The default depends on how the run begins. It is left out unless the recipe sets the key. */
        IF_SET,
        /** The location of the run. With another value, the command finds another run or none. */
        NAMES_THE_RUN,
        /** The value does not change the result: a location, a speed, the amount of output. */
        NEVER
    }

    private record Check<T>(Predicate<T> holds, String mustBe, Optional<String> remedy) {}

    private final String key;
    private final SettingType<T> type;
    private final List<Check<T>> checks;
    private Range range = Range.any();
    private Optional<String> limit = Optional.empty();
    private Optional<T> value = Optional.empty();
    private Optional<String> defaultInWords = Optional.empty();
    private String unit = "";
    private String help = "";
    private String remedy = "";
    private Identity identity = Identity.ALWAYS;
    private Function<T, String> quoted;

    private Setting(String key, SettingType<T> type) {
        this.key = key;
        this.type = type;
        this.checks = List.of();
        this.quoted = type.exact();
    }

    private Setting(Setting<T> other, List<Check<T>> checks) {
        this.key = other.key;
        this.type = other.type;
        this.checks = checks;
        this.range = other.range;
        this.limit = other.limit;
        this.value = other.value;
        this.defaultInWords = other.defaultInWords;
        this.unit = other.unit;
        this.help = other.help;
        this.remedy = other.remedy;
        this.identity = other.identity;
        this.quoted = other.quoted;
    }

    /** A whole number that fits an {@code int}. */
    public static Setting<Integer> integer(String key) {
        return new Setting<>(key, SettingType.integer());
    }

    /** A whole number that fits an {@code int}, or a word instead of it, which is read as an empty value. */
    public static Setting<Optional<Integer>> integerOr(String key, String word) {
        return new Setting<>(key, SettingType.integerOr(word));
    }

    /** A whole number that fits a {@code long}, such as a seed. */
    public static Setting<Long> longInteger(String key) {
        return new Setting<>(key, SettingType.longInteger());
    }

    /** A number. */
    public static Setting<Double> decimal(String key) {
        return new Setting<>(key, SettingType.decimal());
    }

    /** Text that is not empty. */
    public static Setting<String> text(String key) {
        return new Setting<>(key, SettingType.text());
    }

    /** A URI. A plain path is a URI without a scheme. */
    public static Setting<URI> place(String key) {
        return new Setting<>(key, SettingType.place());
    }

    /** {@code true} or {@code false}. */
    public static Setting<Boolean> truth(String key) {
        return new Setting<>(key, SettingType.truth());
    }

    /** A constant of an enum, written as {@link ChoiceNames} says. */
    public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type) {
        return choice(key, List.of(type.getEnumConstants()), ChoiceNames::of);
    }

    /** One of several choices, by name, ignoring case. */
    public static <T> Setting<T> choice(String key, List<T> choices, Function<T, String> name) {
        return new Setting<>(key, SettingType.choice(choices, name));
    }

    /** A list of numbers, each within the range. */
    public static Setting<List<Double>> decimals(String key) {
        return new Setting<>(key, SettingType.listOf(SettingType.decimal()));
    }

    /** A whole number or a list of them, each within the range. A single number becomes a list of one. */
    public static Setting<List<Integer>> integers(String key) {
        return new Setting<>(key, SettingType.oneOrMore(SettingType.integer()));
    }

    /** A list of texts. */
    public static Setting<List<String>> texts(String key) {
        return new Setting<>(key, SettingType.listOf(SettingType.text()));
    }

    /** A size in bytes, written with its unit: {@code 64 MiB}. The range is in bytes. */
    public static Setting<Long> memorySize(String key) {
        return new Setting<>(key, SettingType.memorySize());
    }

    /** A duration, written with its unit: {@code 10 s}. */
    public static Setting<Duration> duration(String key) {
        return new Setting<>(key, SettingType.duration());
    }

    /** With the range of its numbers. */
    public Setting<T> within(Range other) {
        return with(changed -> changed.range = other);
    }

    /** With a limit that depends on other keys, for the documentation, in words that follow "must be". */
    public Setting<T> limitInWords(String words) {
        return with(changed -> changed.limit = Optional.of(words));
    }

    /**
     * With another condition in addition to type and range.
     *
     * @param mustBe what a value must be, in words that follow "must be"
     */
    public Setting<T> must(Predicate<T> holds, String mustBe) {
        return withCheck(new Check<>(holds, mustBe, Optional.empty()));
    }

    /** The same with a separate remedy. */
    public Setting<T> must(Predicate<T> holds, String mustBe, String otherRemedy) {
        return withCheck(new Check<>(holds, mustBe, Optional.of(otherRemedy)));
    }

    /**
     * Converts acceptable values to another type. Call it before all other methods except {@link #must}.
     *
     * @param made converts a value
     * @param written converts the result back to text
     */
    public <U> Setting<U> as(Function<T, U> made, Function<U, String> written) {
        SettingType<U> other = new SettingType<>(
                type.words(),
                limits -> value -> made.apply(within(limits).read(value)),
                type.counted(),
                written,
                written);
        Setting<U> changed = new Setting<>(key, other);
        changed.limit = conditions().isEmpty() ? Optional.empty() : Optional.of(String.join("; ", conditions()));
        return changed;
    }

    private Setting<T> withCheck(Check<T> check) {
        List<Check<T>> more = new ArrayList<>(checks);
        more.add(check);
        return new Setting<>(this, List.copyOf(more));
    }

    /** With the format in which a message quotes a value that does not fulfil a condition. */
    public Setting<T> quotedAs(Function<T, String> words) {
        return with(changed -> changed.quoted = words);
    }

    /** With a default. */
    public Setting<T> orElse(T defaultValue) {
        return with(changed -> changed.value = Optional.of(defaultValue));
    }

    /** With a description of the default for the documentation, if it depends on other keys or needs words. */
    public Setting<T> defaultInWords(String words) {
        return with(changed -> changed.defaultInWords = Optional.of(words));
    }

    /** With the unit of its numbers, for the documentation, e.g. {@code pixels}. */
    public Setting<T> unit(String plural) {
        return with(changed -> changed.unit = plural);
    }

    /** With a description in one line of Markdown. */
    public Setting<T> help(String line) {
        return with(changed -> changed.help = line);
    }

    /** With the remedy for error messages: a sentence that says what to write instead, with an example. */
    public Setting<T> remedy(String sentence) {
        return with(changed -> changed.remedy = sentence);
    }

    /** With another role in the identity of a run. */
    public Setting<T> identity(Identity other) {
        return with(changed -> changed.identity = other);
    }

    private Setting<T> with(Consumer<Setting<T>> change) {
        Setting<T> changed = new Setting<>(this, checks);
        change.accept(changed);
        return changed;
    }

    /** The key without its section, e.g. {@code batch-size-per-replica}. */
    public String key() {
        return key;
    }

    /** The description in one line of Markdown. */
    public String help() {
        return help;
    }

    /** The default; empty if there is none or it depends on other keys. */
    public Optional<T> defaultValue() {
        return value;
    }

    /** Its type, unit, range and conditions in words, e.g. {@code whole number of pixels, at least 1}. */
    public String typeInWords() {
        String words = unit.isEmpty() ? type.words() : type.words().replaceFirst("number", "number of " + unit);
        List<String> limits = new ArrayList<>();
        if (!range.isAny()) {
            limits.add((type.words().contains("list") ? "each " : "") + range.inWords() + type.counted());
        }
        limits.addAll(conditions());
        // The conditions of a text may be words to write, which are not part of its description.
        String link = type.words().equals("text") ? ": " : ", ";
        return limits.isEmpty() ? words : words + link + String.join("; ", limits);
    }

    private List<String> conditions() {
        return Stream.concat(checks.stream().map(Check::mustBe), limit.stream()).toList();
    }

    /** The default in words, or in backquotes as a recipe writes it. */
    public String defaultInWords() {
        return defaultInWords
                .or(() -> value.map(given -> "`" + type.written().apply(given) + "`"))
                .orElse("none");
    }

    String remedy() {
        return remedy;
    }

    /** How the setting relates to the identity of a run. */
    public Identity identity() {
        return identity;
    }

    /** Whether a value is part of a run's identity, given whether the recipe sets it. */
    boolean isPartOfIdentity(T held, boolean isSet) {
        return switch (identity) {
            case ALWAYS -> true;
            case IF_SET -> isSet;
            case UNLESS_DEFAULT -> !Optional.of(held).equals(value);
            case NAMES_THE_RUN, NEVER -> false;
        };
    }

    /** A value without rounding, as in a run's identity. */
    String exact(T held) {
        return type.exact().apply(held);
    }

    /** The value in a recipe. */
    T read(ConfigValue written) throws NotAcceptable {
        T read = type.inRange().apply(range).from(written);
        for (Check<T> check : checks) {
            if (!check.holds().test(read)) {
                throw new NotAcceptable(
                        check.mustBe(), quoted.apply(read), check.remedy().orElse(null));
            }
        }
        return read;
    }

    @Override
    public String toString() {
        return key;
    }
}
