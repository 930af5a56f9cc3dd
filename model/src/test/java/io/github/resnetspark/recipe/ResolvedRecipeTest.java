package io.github.resnetspark.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.model.RecipeFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedRecipeTest {
    @TempDir
    private Path folder;

    @Test
    void writesOneFileThatNeedsNoOtherFileAndNoEnvironment() throws IOException {
        Files.writeString(
                folder.resolve("base.conf"), "train { epochs = 90, note = \"a \\\"b\\\" ${c}\\n#\", none = null }");
        Path recipe = Files.writeString(
                folder.resolve("r.conf"),
                """
                include "base"
                train.home = ${HOME}
                train.missing = ${?RESNET_SPARK_NO_SUCH_VARIABLE}
                optimizer.warmup = ${train.epochs}
                accel = dl4j
                """);
        Path resolved = folder.resolve("elsewhere.conf");

        assertThat(run(recipe, resolved, "train", "--set", "train.epochs=7", "--json", "--set=train.seed=3"))
                .isEqualTo("0 ");
        Files.delete(folder.resolve("base.conf"));
        Files.delete(recipe);

        assertThat(Files.readString(resolved)).doesNotContain("include");
        RecipeFile file = RecipeFile.load(resolved, List.of());
        RecipeSection train = section(file, "train", "epochs", "seed", "note", "home", "missing", "none");
        assertThat(train.value(Setting.integer("epochs"))).isEqualTo(7);
        assertThat(train.value(Setting.integer("seed"))).isEqualTo(3);
        assertThat(train.value(Setting.text("note"))).isEqualTo("a \"b\" ${c}\n#");
        assertThat(train.value(Setting.text("home"))).isEqualTo(System.getenv("HOME"));
        assertThat(train.has(Setting.text("none"))).isFalse();
        assertThat(train.has(Setting.text("missing"))).isFalse();
        assertThat(section(file, "optimizer", "warmup").value(Setting.integer("warmup")))
                .isEqualTo(7);
        assertThat(section(file, "accel", "kernels").value(Setting.text("kernels")))
                .isEqualTo("dl4j");
    }

    @Test
    void refusesARecipeThatCannotBeUsedAndWritesNothing() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.conf"), "include \"base\"\ntrain { epochs = ${none} }\n");
        Path out = folder.resolve("out.conf");

        assertThat(run(folder.resolve("none.conf"), out))
                .isEqualTo("2 " + folder + "/none.conf: " + RecipeFailures.noSuchFile());
        assertThat(run(recipe, out))
                .isEqualTo("2 " + recipe + ":1: " + RecipeFailures.includeMissing(folder + "/base"));
        assertThat(out).doesNotExist();
    }

    @Test
    void namesTheFileThatCannotBeWritten() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.conf"), "train.epochs = 1");

        assertThat(run(recipe, folder.resolve("none/out.conf")))
                .startsWith("1 " + folder + "/none/out.conf cannot be written (")
                .endsWith("). Name a file in a folder that exists and is writable.");
    }

    private static RecipeSection section(RecipeFile file, String name, String... keys) {
        return file.section(new DeclaredSection(
                name,
                "A section.",
                Stream.of(keys)
                        .map(key -> Setting.text(key).help("A key.").remedy("Write it."))
                        .toList()));
    }

    private static String run(Path in, Path out, String... more) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = new String[more.length + 2];
        args[0] = in.toString();
        args[1] = out.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        int code = ResolvedRecipe.run(new PrintStream(err, true, UTF_8), args);
        return code + " " + err.toString(UTF_8).strip();
    }
}
