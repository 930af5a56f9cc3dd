package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Map;

/** Sections whose most important key may be written without its name: {@code accel = onednn}. */
final class Shorthands {
    private static final Map<String, String> KEYS = Map.of("accel", "accel.kernels");

    private Shorthands() {}

    /** The whole name of the key that an override names. */
    static String expand(String key) {
        return KEYS.getOrDefault(key, key);
    }

    /** The same recipe with every key under its whole name. */
    static Config expand(Config recipe) {
        Config expanded = recipe;
        for (Map.Entry<String, String> entry : KEYS.entrySet()) {
            ConfigValue value = expanded.root().get(entry.getKey());
            if (value != null && !(value instanceof ConfigObject)) {
                expanded = expanded.withoutPath(entry.getKey()).withValue(entry.getValue(), value);
            }
        }
        return expanded;
    }
}
