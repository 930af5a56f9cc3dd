package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.github.resnetspark.message.model.RecipeFailures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One recipe: a HOCON file and the overrides of the command line. {@code --set} wins over the file, and the file over
 * the defaults of the declared settings.
 *
 * <p>Request and read every section, then call {@link #finish()}, which throws one exception with all problems. The
 * value of an override is HOCON if it begins with <code>[</code>, <code>{</code> or <code>"</code>. Otherwise it is
 * literal text, so that {@code hdfs://…} needs no quotes.
 */
public final class RecipeFile {
    private final ConfigObject root;
    private final Config below;
    private final String name;
    private final Problems problems;
    private final Map<String, RecipeSection> sections = new LinkedHashMap<>();

    private RecipeFile(Config config, Config below, String name, Problems problems) {
        this.root = config.root();
        this.below = below;
        this.name = name;
        this.problems = problems;
    }

    /**
     * Reads a file on a local disk.
     *
     * @param file the recipe; problems are reported with this path
     * @param overrides each {@code section.key=value}
     * @throws RecipeException if the file, or one that it includes, is missing or is not HOCON
     */
    public static RecipeFile load(Path file, List<String> overrides) {
        Problems problems = new Problems();
        Config above = Overrides.parse(overrides, problems);
        Config below = ConfigFactory.empty();
        if (Files.isRegularFile(file)) {
            below = Shorthands.expand(HoconFile.parse(file, problems));
        } else {
            problems.add(file.toString(), Files.exists(file) ? RecipeFailures.notAFile() : RecipeFailures.noSuchFile());
        }
        problems.throwIfAny();
        return resolved(above, below, file.toString(), problems);
    }

    /** A recipe without a file: the defaults with {@code overrides}. */
    public static RecipeFile withoutFile(List<String> overrides) {
        Problems problems = new Problems();
        Config config = Overrides.parse(overrides, problems);
        problems.throwIfAny();
        return resolved(config, ConfigFactory.empty(), "command line", problems);
    }

    /** The same file with other overrides. The file is not read again, because it may have changed since. */
    public RecipeFile with(List<String> overrides) {
        Problems others = new Problems();
        Config above = Overrides.parse(overrides, others);
        others.throwIfAny();
        return resolved(above, below, name, others);
    }

    private static RecipeFile resolved(Config above, Config below, String name, Problems problems) {
        try {
            return new RecipeFile(above.withFallback(below).resolve(), below, name, problems);
        } catch (ConfigException.UnresolvedSubstitution e) {
            String location = e.origin() == null ? name : Origins.location(e.origin());
            problems.add(location, RecipeFailures.unresolved(Origins.message(e)));
        } catch (ConfigException e) {
            problems.add(
                    e.origin() == null ? name : Origins.location(e.origin()),
                    RecipeFailures.badSubstitution(Origins.message(e)));
        }
        throw problems.exception();
    }

    /** The complete recipe as self-contained HOCON. */
    String resolvedText() {
        return root.render(
                ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
    }

    /** A section of the recipe; without values if the recipe does not have the section. */
    public RecipeSection section(DeclaredSection declared) {
        return sections.computeIfAbsent(
                declared.name(), sectionName -> new RecipeSection(declared, values(sectionName), name, problems));
    }

    private ConfigObject values(String sectionName) {
        ConfigValue value = root.get(sectionName);
        if (value instanceof ConfigObject object) {
            return object;
        }
        if (value != null) {
            problems.add(
                    Origins.location(value.origin()),
                    RecipeFailures.notASection(sectionName, String.valueOf(value.unwrapped())));
        }
        return ConfigFactory.empty().root();
    }

    /** The problems so far. Readers may add more. */
    public Problems problems() {
        return problems;
    }

    /**
     * Ends the reading. Everything in the recipe that no requested section declares is a problem too.
     *
     * @throws RecipeException with every problem, if there is one
     */
    public void finish() {
        new UnknownKeys(sections, problems).report(root);
        problems.throwIfAny();
    }

    /** Sections that may be written as a value, which is that of their most important key: {@code accel = onednn}. */
    static final class Shorthands {
        private static final Map<String, String> KEYS = Map.of("accel", "accel.kernels");

        private Shorthands() {}

        /** The full name of the key of an override. */
        static String expand(String key) {
            return KEYS.getOrDefault(key, key);
        }

        /** The same recipe with full names for all keys. */
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
}
