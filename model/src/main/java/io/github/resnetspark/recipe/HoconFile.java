package io.github.resnetspark.recipe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.github.resnetspark.message.model.RecipeFailures;
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
 * A HOCON file on a local disk, with the files that it includes. The configuration library treats a missing include as
 * empty and fetches includes from the network. Here both are problems: a training that silently used the defaults would
 * look like any other.
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

    /**
     * The contents of the file, with unresolved substitutions. If the file cannot be read, adds a problem and returns
     * an empty recipe.
     */
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
            problems.add(Origins.location(e.origin()), RecipeFailures.notHocon(Origins.message(e)));
        } catch (CharacterCodingException e) {
            problems.add(file.toString(), RecipeFailures.notUtf8());
        } catch (IOException | ConfigException e) {
            problems.add(file.toString(), RecipeFailures.unreadable(e.toString()));
        } catch (StackOverflowError e) {
            // The library parses nested values recursively.
            problems.add(file.toString(), RecipeFailures.nestedTooDeep());
        }
        return ConfigFactory.empty();
    }

    /** A file relative to this one. The ending may be left out. */
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

    /** Relative to the working directory, as HOCON specifies. */
    @Override
    ConfigObject file(String path) {
        return path(path).map(other -> included(path, other)).orElseGet(() -> ConfigFactory.empty()
                .root());
    }

    @Override
    ConfigObject elsewhere(String address) {
        problems.add(location(address), RecipeFailures.includeNotLocal(address));
        return ConfigFactory.empty().root();
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            problems.add(file.toString(), RecipeFailures.includeNotAPath(text));
            return Optional.empty();
        }
    }

    private ConfigObject included(String what, Path other) {
        List<Path> chain = new ArrayList<>(includedBy);
        chain.add(normal(file));
        if (chain.contains(normal(other))) {
            problems.add(location(what), RecipeFailures.includesItself(other.toString()));
        } else if (Files.isRegularFile(other)) {
            return new HoconFile(other, chain, problems).parse(syntax(other)).root();
        } else {
            problems.add(
                    location(what),
                    Files.exists(other)
                            ? RecipeFailures.includeNotAFile(other.toString())
                            : RecipeFailures.includeMissing(other.toString()));
        }
        return ConfigFactory.empty().root();
    }

    /** The library does not pass the line number to an includer, so this searches for the line. */
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
