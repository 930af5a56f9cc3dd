package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One recipe: a HOCON file below the overrides of the command line ({@code --set} wins over the file, the file over the
 * defaults, which the declared settings hold).
 *
 * <p>Ask for every section, read it, then call {@link #finish()}: it throws once, with all problems. A value of an
 * override that begins with <code>[</code>, <code>{</code> or <code>"</code> is HOCON; anything else is literal text, so
 * that {@code hdfs://…} needs no quotes.
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
     * @param file the recipe; its problems are reported under the path as it is given here
     * @param overrides each {@code section.key=value}
     * @throws RecipeException where the file, or one that it includes, is missing or is not HOCON
     */
    public static RecipeFile load(Path file, List<String> overrides) {
        Problems problems = new Problems();
        Config above = Overrides.parse(overrides, problems);
        Config below = ConfigFactory.empty();
        if (Files.isRegularFile(file)) {
            below = Shorthands.expand(HoconFile.parse(file, problems));
        } else {
            String fact = Files.exists(file) ? "this is not a file" : "there is no such file";
            problems.add(file.toString(), fact, "Give --conf the path of a recipe, e.g. conf/quickstart.conf.");
        }
        problems.throwIfAny();
        return resolved(above, below, file.toString(), problems);
    }

    /** A recipe without a file: the defaults below {@code overrides}. */
    public static RecipeFile withoutFile(List<String> overrides) {
        Problems problems = new Problems();
        Config config = Overrides.parse(overrides, problems);
        problems.throwIfAny();
        return resolved(config, ConfigFactory.empty(), "command line", problems);
    }

    /** What was read from the file, below other overrides. The file is not read again: it may have been changed. */
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
            problems.add(
                    location,
                    Origins.message(e),
                    "Give that key or environment variable a value, or write ${?NAME} where it may be missing.");
        } catch (ConfigException e) {
            problems.add(
                    e.origin() == null ? name : Origins.location(e.origin()),
                    "a substitution does not fit: " + Origins.message(e),
                    "Join texts with texts, lists with lists and sections with sections.");
        }
        throw problems.exception();
    }

    /** The whole recipe as HOCON that refers to nothing outside itself. */
    String resolvedText() {
        return root.render(
                ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
    }

    /** What the recipe says in a section; nothing where it does not have it. */
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
                    sectionName + " is " + value.unwrapped() + " but must be a section",
                    "Write " + sectionName + " { … }.");
        }
        return ConfigFactory.empty().root();
    }

    /** What is wrong so far; readers may add to it. */
    public Problems problems() {
        return problems;
    }

    /**
     * Ends the reading: whatever stands in the recipe and in no section that was asked for is a problem too.
     *
     * @throws RecipeException with every problem, if there is one
     */
    public void finish() {
        new UnknownKeys(sections, problems).report(root);
        problems.throwIfAny();
    }

    /** Sections whose most important key may be written without its name: {@code accel = onednn}. */
    static final class Shorthands {
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
}
