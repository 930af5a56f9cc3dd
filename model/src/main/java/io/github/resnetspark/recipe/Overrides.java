package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.github.resnetspark.message.model.RecipeFailures;
import java.util.List;

/** Parses the {@code --set key=value} options of a command line into configuration that overrides the file. */
final class Overrides {
    private static final String HOCON_STARTS = "[{\"";

    private Overrides() {}

    /** Of several overrides of a key, the last one wins. */
    static Config parse(List<String> overrides, Problems problems) {
        Config merged = ConfigFactory.empty();
        for (String override : overrides) {
            merged = add(override, merged, problems);
        }
        return merged;
    }

    private static Config add(String override, Config below, Problems problems) {
        int equals = override.indexOf('=');
        String key = (equals < 0 ? override : override.substring(0, equals)).strip();
        String location = Origins.OVERRIDE + key;
        if (equals < 0) {
            problems.add(location, RecipeFailures.overrideWithoutValue(key));
            return below;
        }
        if (!isPath(key)) {
            problems.add(Origins.OVERRIDE + override, RecipeFailures.overrideNotAKey(key));
            return below;
        }
        String text = override.substring(equals + 1).strip();
        try {
            ConfigValue value = value(text, location, problems);
            Config above = ConfigFactory.empty().withValue(RecipeFile.Shorthands.expand(key), value);
            return above.withFallback(below);
        } catch (ConfigException.Parse e) {
            problems.add(location, RecipeFailures.overrideNotHocon(text));
            return below;
        }
    }

    private static ConfigValue value(String text, String location, Problems problems) {
        if (text.isEmpty() || HOCON_STARTS.indexOf(text.charAt(0)) < 0) {
            return ConfigValueFactory.fromAnyRef(text, location);
        }
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setOriginDescription(location)
                .setIncluder(new NoIncludes(location, problems));
        return ConfigFactory.parseString("value = " + text, options).root().get("value");
    }

    private static boolean isPath(String key) {
        try {
            return !ConfigUtil.splitPath(key).isEmpty();
        } catch (ConfigException e) {
            return false;
        }
    }

    private static final class NoIncludes extends Includer {
        private final String location;
        private final Problems problems;

        NoIncludes(String location, Problems problems) {
            this.location = location;
            this.problems = problems;
        }

        @Override
        ConfigObject named(String name) {
            return elsewhere(name);
        }

        @Override
        ConfigObject file(String path) {
            return elsewhere(path);
        }

        @Override
        ConfigObject elsewhere(String address) {
            problems.add(location, RecipeFailures.overrideInclude(address));
            return ConfigFactory.empty().root();
        }
    }
}
