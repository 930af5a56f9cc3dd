package io.github.resnetspark.recipe;

import io.github.resnetspark.message.model.RecipeFailures;
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
 * Writes a recipe as one self-contained file, for a driver on another machine. Includes are copied into the file, and
 * substitutions and environment variables are replaced by their values on this machine. Needs only the jar, not Spark:
 *
 * <pre>{@code java -cp resnet-spark.jar io.github.resnetspark.recipe.ResolvedRecipe IN.conf OUT.conf [ARGS …]}</pre>
 *
 * <p>{@code ARGS} are the arguments of the command that the recipe is for. Only {@code --set KEY=VALUE} is used, because
 * a substitution may refer to such a key.
 */
public final class ResolvedRecipe {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final String SET = "--set";

    private ResolvedRecipe() {}

    /** Exits with 0, with 1 if the file cannot be written, or with 2 if the recipe cannot be used. */
    public static void main(String[] args) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(err, args));
    }

    static int run(PrintStream err, String... args) {
        if (args.length < 2) {
            err.println(RecipeFailures.nothingToResolve());
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
            err.println(RecipeFailures.notWritten(out.toString(), e.toString()));
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
