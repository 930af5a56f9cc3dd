package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.resnetspark.message.model.RecipeFailures;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One section of a recipe. If a value is not acceptable, a read adds a problem and returns the default, so that reading
 * continues.
 */
public final class RecipeSection {
    private final DeclaredSection declared;
    private final ConfigObject values;
    private final String fallbackLocation;
    private final Problems problems;
    private final NavigableMap<String, String> identity = new TreeMap<>();

    RecipeSection(DeclaredSection declared, ConfigObject values, String fallbackLocation, Problems problems) {
        this.declared = declared;
        this.values = values;
        this.fallbackLocation = fallbackLocation;
        this.problems = problems;
    }

    /** The section's name, e.g. {@code train}. */
    public String name() {
        return declared.name();
    }

    /**
     * The value of a key, or its default.
     *
     * @param setting a key of this section, with a default: the declared setting, or a copy with a range and default
     *     that depend on other keys
     */
    public <T> T value(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalArgumentException(setting + " has no default"));
    }

    /** The value of a key, or its default if it has one. */
    public <T> Optional<T> find(Setting<T> setting) {
        Optional<T> held = read(setting).or(setting::defaultValue);
        String name = wholeName(setting.key());
        identity.remove(name);
        held.filter(value -> setting.isPartOfIdentity(value, has(setting)))
                .ifPresent(value -> identity.put(name, setting.exact(value)));
        return held;
    }

    private <T> Optional<T> read(Setting<T> setting) {
        declared.require(setting);
        if (!has(setting)) {
            return Optional.empty();
        }
        ConfigValue written = values.get(setting.key());
        try {
            return Optional.of(setting.read(written));
        } catch (SettingType.NotAcceptable e) {
            refuse(
                    setting,
                    e.quoted().orElseGet(() -> SettingType.shown(written)),
                    e.getMessage(),
                    e.remedy().orElseGet(setting::remedy));
            return Optional.empty();
        }
    }

    /** Whether the recipe sets the key. */
    public boolean has(Setting<?> setting) {
        return has(setting.key());
    }

    private boolean has(String key) {
        ConfigValue value = values.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    /**
     * Adds a problem with a value that has the right type but cannot be used, e.g. together with another key's value.
     *
     * @param setting a key of this section
     * @param value the value, which may be the default
     * @param mustBe what it must be, in words that follow "must be"
     */
    public void refuse(Setting<?> setting, Object value, String mustBe) {
        refuse(setting, value, mustBe, setting.remedy());
    }

    /** The same with another remedy than the declared one, a sentence that says what to write. */
    public void refuse(Setting<?> setting, Object value, String mustBe, String remedy) {
        problems.add(
                wholeName(setting.key()),
                location(setting.key()),
                RecipeFailures.notAcceptable(setting.key(), String.valueOf(value), mustBe, remedy));
    }

    /**
     * Adds a problem with a key.
     *
     * @param sentences what is wrong, with the value, and what to do, e.g. {@code depth is 21 but … . Set it to 20.}
     */
    public void note(String key, String sentences) {
        problems.add(wholeName(key), location(key), sentences);
    }

    /**
     * Adds a problem if the recipe does not set the key.
     *
     * @param remedy a sentence that says what to write
     */
    public void require(Setting<?> setting, String remedy) {
        if (!has(setting)) {
            String key = wholeName(setting.key());
            problems.add(key, fallbackLocation, RecipeFailures.notSet(key, remedy));
        }
    }

    /**
     * The values that decide the result of a run, by full name, e.g. {@code optimizer.learning-rate}: those read so
     * far, defaults included, of the keys whose {@link Setting#identity} says so.
     */
    public NavigableMap<String, String> identity() {
        return new TreeMap<>(identity);
    }

    private String wholeName(String key) {
        return name() + "." + key;
    }

    private String location(String key) {
        return has(key) ? Origins.location(values.get(key).origin()) : fallbackLocation;
    }

    Set<String> knownKeys() {
        return declared.keys();
    }

    List<Map.Entry<String, ConfigValue>> unknownKeys() {
        return values.entrySet().stream()
                .filter(entry -> !declared.keys().contains(entry.getKey()))
                .toList();
    }
}
