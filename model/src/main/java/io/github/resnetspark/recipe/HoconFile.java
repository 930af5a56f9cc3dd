package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A HOCON file on a local disk, with the files that it includes. The configuration library takes an include that is not there
 * for an empty one, and would fetch one from the network; here both are problems, for a training with the defaults in place
 * of what was written looks like any other.
 */
final class HoconFile extends Includer {
    private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

    private final Path file;
    private final List<Path> includedBy;
    private final Problems problems;
    private String text = "";

    private HoconFile(Path file, List<Path> includedBy, Problems problems) {
        this.file = file;
        this.includedBy = includedBy;
        this.problems = problems;
    }

    /** What the file says, substitutions not yet resolved; empty where it cannot be read, which is then a problem. */
    static Config parse(Path file, Problems problems) {
        return new HoconFile(file, List.of(), problems).parse(ConfigSyntax.CONF);
    }

    private Config parse(ConfigSyntax syntax) {
        try {
            text = Files.readString(file);
            return ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setSyntax(syntax)
                            .setOriginDescription(file.toString())
                            .setIncluder(this));
        } catch (ConfigException.Parse e) {
            problems.add(
                    Origins.location(e.origin()),
                    "this is not valid HOCON: " + Origins.message(e),
                    "Quote texts that hold : or / or =, and close every brace and bracket.");
        } catch (CharacterCodingException e) {
            problems.add(file.toString(), "this is not UTF-8 text", "Save it as UTF-8.");
        } catch (IOException | ConfigException e) {
            problems.add(file.toString(), "the file cannot be read (" + e + ")", "Check its permissions.");
        } catch (StackOverflowError e) {
            // The library reads what is within something else by recursion.
            problems.add(
                    file.toString(),
                    "its lists, sections or keys are nested too deep to be read",
                    "Recipes need three levels; look for a bracket or a dot that is repeated.");
        }
        return ConfigFactory.empty();
    }

    /** Beside this file; an ending may be left out. */
    @Override
    ConfigObject named(String name) {
        Optional<Path> path = path(name);
        if (path.isEmpty()) {
            return ConfigFactory.empty().root();
        }
        Path named = file.resolveSibling(path.get());
        Path found = Stream.concat(Stream.of(""), ENDINGS.stream())
                .map(ending -> named.resolveSibling(named.getFileName() + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(named);
        return included(name, found);
    }

    /** As HOCON has it: relative to the working directory. */
    @Override
    ConfigObject file(String path) {
        return path(path).map(other -> included(path, other)).orElseGet(() -> ConfigFactory.empty()
                .root());
    }

    @Override
    ConfigObject elsewhere(String address) {
        problems.add(
                location(address),
                address + " is not a file on a local disk, and nothing else is included",
                "Save it beside the recipe and write include \"NAME.conf\".");
        return ConfigFactory.empty().root();
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            problems.add(
                    file.toString(),
                    "«" + text + "», which is to be included, is no path",
                    "Name a file, relative to this one.");
            return Optional.empty();
        }
    }

    private ConfigObject included(String what, Path other) {
        List<Path> chain = new ArrayList<>(includedBy);
        chain.add(normal(file));
        if (chain.contains(normal(other))) {
            problems.add(location(what), other + " includes itself", "Take one of the include lines out.");
        } else if (Files.isRegularFile(other)) {
            return new HoconFile(other, chain, problems).parse(syntax(other)).root();
        } else {
            String fact = Files.exists(other) ? other + " is not a file" : "there is no " + other + " to include";
            problems.add(
                    location(what), fact, "Name a file, relative to the one that includes it, or take the line out.");
        }
        return ConfigFactory.empty().root();
    }

    /** The library does not tell an includer where it is; the line is looked for. */
    private String location(String what) {
        List<String> lines = text.lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).contains("include") && lines.get(line).contains("\"" + what + "\"")) {
                return file + ":" + (line + 1);
            }
        }
        return file.toString();
    }

    private static ConfigSyntax syntax(Path file) {
        String name = file.toString();
        if (name.endsWith(".json")) {
            return ConfigSyntax.JSON;
        }
        return name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
