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
 * One key of a recipe, declared once: its type, range, unit and default, what it does, and what to write where a value does not hold.
 * Reading, error messages and the documentation all go by the declaration. Immutable: every method below gives a changed copy.
 *
 * <pre>{@code
 * static final Setting<Integer> EPOCHS = Setting.integer("epochs")
 *         .within(Range.atLeast(1))
 *         .orElse(90)
 *         .help("Passes over the training pictures.")
 *         .remedy("Set it to the number of passes over the training pictures, e.g. 90.");
 * }</pre>
 *
 * <p>Where a range or a default hangs on other keys, the declaration says so in words, and the reader of the section gives the
 * figures: {@code section.value(MIN_WORKERS.orElse(workers).within(Range.between(1, workers)))}.
 *
 * @param <T> of its values
 */
public final class Setting<T> {
    /** Whether a value is one of those that a run is known by when it is to be continued. */
    public enum Identity {
        /** It decides the result. */
        ALWAYS,
        /** The key is younger than runs that may still be continued: while it changes nothing, it is left out. */
        UNLESS_DEFAULT,
        /** It says where the run is: another value finds another run, or none. */
        NAMES_THE_RUN,
        /** It does not change the result, but e.g. speed or logging. */
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

    /** A whole number that fits a {@code long}, such as a seed. */
    public static Setting<Long> longInteger(String key) {
        return new Setting<>(key, SettingType.longInteger());
    }

    /** A number. */
    public static Setting<Double> decimal(String key) {
        return new Setting<>(key, SettingType.decimal());
    }

    /** A text that is not empty. */
    public static Setting<String> text(String key) {
        return new Setting<>(key, SettingType.text());
    }

    /** A URI; a plain path is one without a scheme. */
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

    /** One of several, written by its name; upper and lower case are not told apart. */
    public static <T> Setting<T> choice(String key, List<T> choices, Function<T, String> name) {
        return new Setting<>(key, SettingType.choice(choices, name));
    }

    /** A list of numbers, each within the range. */
    public static Setting<List<Double>> decimals(String key) {
        return new Setting<>(key, SettingType.listOf(SettingType.decimal()));
    }

    /** A whole number or a list of them, each within the range; a single one is a list of one. */
    public static Setting<List<Integer>> integers(String key) {
        return new Setting<>(key, SettingType.oneOrMore(SettingType.integer()));
    }

    /** A list of texts. */
    public static Setting<List<String>> texts(String key) {
        return new Setting<>(key, SettingType.listOf(SettingType.text()));
    }

    /** An amount of memory in bytes, written with its unit: {@code 64 MiB}. The range counts bytes. */
    public static Setting<Long> memorySize(String key) {
        return new Setting<>(key, SettingType.memorySize());
    }

    /** A length of time, written with its unit: {@code 10 s}. */
    public static Setting<Duration> duration(String key) {
        return new Setting<>(key, SettingType.duration());
    }

    /** With the numbers that it may hold. */
    public Setting<T> within(Range other) {
        return with(changed -> changed.range = other);
    }

    /** With what the documentation says of a limit that hangs on other keys, in words that follow «must be». */
    public Setting<T> limitInWords(String words) {
        return with(changed -> changed.limit = Optional.of(words));
    }

    /**
     * With one more condition beside type and range.
     *
     * @param mustBe what a value must be, in words that follow «must be»
     */
    public Setting<T> must(Predicate<T> holds, String mustBe) {
        return withCheck(new Check<>(holds, mustBe, Optional.empty()));
    }

    /** The same, with a remedy of its own. */
    public Setting<T> must(Predicate<T> holds, String mustBe, String otherRemedy) {
        return withCheck(new Check<>(holds, mustBe, Optional.of(otherRemedy)));
    }

    /**
     * As another type that is made of the values that hold. To be called before all but {@link #must}.
     *
     * @param made of a value
     * @param written the text that it is made of
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

    /** With the way in which a message quotes a value that one of the conditions refuses. */
    public Setting<T> quotedAs(Function<T, String> words) {
        return with(changed -> changed.quoted = words);
    }

    /** With the value that holds where a recipe does not say. */
    public Setting<T> orElse(T defaultValue) {
        return with(changed -> changed.value = Optional.of(defaultValue));
    }

    /** With what the documentation says of the default, where that hangs on something else or needs words. */
    public Setting<T> defaultInWords(String words) {
        return with(changed -> changed.defaultInWords = Optional.of(words));
    }

    /** With what numbers count, for the documentation: {@code pixels}. */
    public Setting<T> unit(String plural) {
        return with(changed -> changed.unit = plural);
    }

    /** With what it does, in one line of Markdown. */
    public Setting<T> help(String line) {
        return with(changed -> changed.help = line);
    }

    /** With the sentence that follows the fact in an error message: what to write instead, with an example. */
    public Setting<T> remedy(String sentence) {
        return with(changed -> changed.remedy = sentence);
    }

    /** With another part in what a run is known by. */
    public Setting<T> identity(Identity other) {
        return with(changed -> changed.identity = other);
    }

    private Setting<T> with(Consumer<Setting<T>> change) {
        Setting<T> changed = new Setting<>(this, checks);
        change.accept(changed);
        return changed;
    }

    /** The key in its section, e.g. {@code batch-size-per-worker}. */
    public String key() {
        return key;
    }

    /** What it does, in one line of Markdown. */
    public String help() {
        return help;
    }

    /** The value that holds where a recipe does not say; nothing where there is none, or where it hangs on other keys. */
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
        // Behind a text there may stand words to write, which are no part of its description.
        String link = type.words().equals("text") ? ": " : ", ";
        return limits.isEmpty() ? words : words + link + String.join("; ", limits);
    }

    private List<String> conditions() {
        return Stream.concat(checks.stream().map(Check::mustBe), limit.stream()).toList();
    }

    /** Its default in words, or in backquotes as a recipe would write it. */
    public String defaultInWords() {
        return defaultInWords
                .or(() -> value.map(given -> "`" + type.written().apply(given) + "`"))
                .orElse("none");
    }

    String remedy() {
        return remedy;
    }

    /** Its part in what a run is known by. */
    public Identity identity() {
        return identity;
    }

    /** Whether a value is one of those that a run is known by. */
    boolean tellsRunsApart(T held) {
        return switch (identity) {
            case ALWAYS -> true;
            case UNLESS_DEFAULT -> !Optional.of(held).equals(value);
            case NAMES_THE_RUN, NEVER -> false;
        };
    }

    /** A value without rounding, as a run is known by it. */
    String exact(T held) {
        return type.exact().apply(held);
    }

    /** The value that a recipe holds. */
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
