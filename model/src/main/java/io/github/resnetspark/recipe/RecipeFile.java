package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One recipe: a HOCON file below the overrides of the command line ({@code --set} wins over the file, the file over the
 * defaults, which the readers of the sections hold).
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
     * @throws RecipeException where the file is missing or is not HOCON
     */
    public static RecipeFile load(Path file, List<String> overrides) {
        Problems problems = new Problems();
        Config above = Overrides.parse(overrides, problems);
        Config below = ConfigFactory.empty();
        if (Files.isRegularFile(file)) {
            below = parse(file, problems);
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

    private static Config parse(Path file, Problems problems) {
        ConfigParseOptions options =
                ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
        try {
            return Shorthands.expand(ConfigFactory.parseFile(file.toFile(), options));
        } catch (ConfigException.Parse e) {
            problems.add(
                    Origins.location(e.origin()),
                    "this is not valid HOCON: " + SyntaxMessage.of(e),
                    "Quote texts that hold : or / or =, and close every brace and bracket.");
        } catch (ConfigException e) {
            problems.add(file.toString(), "the file cannot be read: " + SyntaxMessage.of(e), "Check its permissions.");
        } catch (StackOverflowError e) {
            // The library reads what is within something else by recursion.
            problems.add(
                    file.toString(),
                    "its lists, sections or keys are nested too deep to be read",
                    "Recipes need three levels; look for a bracket or a dot that is repeated.");
        }
        return ConfigFactory.empty();
    }

    private static RecipeFile resolved(Config above, Config below, String name, Problems problems) {
        try {
            return new RecipeFile(above.withFallback(below).resolve(), below, name, problems);
        } catch (ConfigException.UnresolvedSubstitution e) {
            String location = e.origin() == null ? name : Origins.location(e.origin());
            problems.add(
                    location,
                    SyntaxMessage.of(e),
                    "Give that key or environment variable a value, or write ${?NAME} where it may be missing.");
            throw new RecipeException(problems.sentences());
        }
    }

    /** The section of that name; an empty one where the recipe does not have it. */
    public RecipeSection section(String sectionName) {
        return sections.computeIfAbsent(sectionName, this::open);
    }

    private RecipeSection open(String sectionName) {
        ConfigValue value = root.get(sectionName);
        if (value == null) {
            return new RecipeSection(sectionName, ConfigFactory.empty().root(), name, problems);
        }
        if (value instanceof ConfigObject object) {
            return new RecipeSection(sectionName, object, name, problems);
        }
        problems.add(
                Origins.location(value.origin()),
                sectionName + " is " + value.unwrapped() + " but must be a section",
                "Write " + sectionName + " { … }.");
        return new RecipeSection(sectionName, ConfigFactory.empty().root(), name, problems);
    }

    /** What is wrong so far; readers may add to it. */
    public Problems problems() {
        return problems;
    }

    /**
     * Ends the reading: whatever stands in the recipe and was not asked for is a problem too.
     *
     * @throws RecipeException with every problem, if there is one
     */
    public void finish() {
        new UnknownKeys(sections, problems).report(root);
        problems.throwIfAny();
    }
}
