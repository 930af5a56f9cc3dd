package io.github.resnetspark.recipe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a recipe as one file that depends on nothing else, for a driver that runs on another machine: what it includes is in it,
 * and substitutions, environment variables too, have the values that they have here. Runs on the jar alone, without Spark:
 *
 * <pre>{@code java -cp resnet-spark.jar io.github.resnetspark.recipe.ResolvedRecipe IN.conf OUT.conf [ARGS …]}</pre>
 *
 * <p>{@code ARGS} are those of the command that the recipe is for. Of these {@code --set KEY=VALUE} counts, since a substitution
 * may refer to such a key; all others are passed over.
 */
public final class ResolvedRecipe {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final String SET = "--set";

    private ResolvedRecipe() {}

    /** The process ends with 0, with 1 where the file cannot be written, or with 2 where the recipe cannot be used. */
    public static void main(String[] args) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(err, args));
    }

    static int run(PrintStream err, String... args) {
        if (args.length < 2) {
            err.println(
                    "There is no recipe to resolve. Give the recipe, the file to write and then the command's own options.");
            return REFUSED;
        }
        Path out = Path.of(args[1]);
        try {
            Files.writeString(
                    out, RecipeFile.load(Path.of(args[0]), overrides(args)).resolvedText());
            return DONE;
        } catch (RecipeException e) {
            e.sentences().forEach(err::println);
            return REFUSED;
        } catch (IOException e) {
            err.println(
                    out + " cannot be written (" + e + "). Name a file in a folder that exists and may be written to.");
            return FAILED;
        }
    }

    private static List<String> overrides(String[] args) {
        List<String> overrides = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            if (args[i].startsWith(SET + "=")) {
                overrides.add(args[i].substring(SET.length() + 1));
            } else if (args[i].equals(SET) && i + 1 < args.length) {
                i++;
                overrides.add(args[i]);
            }
        }
        return overrides;
    }
}
