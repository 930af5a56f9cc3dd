package io.github.resnetspark.recipe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.RecipeFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeFileTest {
    private enum Ending {
        SUDDEN,
        ONE_CYCLE,
        A,
        DOTTED {
            @Override
            public String toString() {
                return "v1.5";
            }
        }
    }

    @TempDir
    private Path folder;

    @Test
    void readsEveryTypeFromTheFile() {
        RecipeSection all =
                file("""
                        all {
                          whole = 7, seed = 9000000000, number = 1e-4, text = some words, place = "hdfs://n:8020/a"
                          truth = true, ending = one-cycle, dotted = v1.5
                          numbers = [0.5, 1], texts = [a, "b c", 3], size = 64 MiB, time = 10 s
                        }
                        """)
                        .section(keys(
                                "all", "whole", "seed", "number", "text", "place", "truth", "ending", "dotted",
                                "numbers", "texts", "size", "time"));

        assertThat(all.value(Setting.integer("whole"))).isEqualTo(7);
        assertThat(all.value(Setting.longInteger("seed"))).isEqualTo(9_000_000_000L);
        assertThat(all.value(Setting.decimal("number"))).isEqualTo(1e-4);
        assertThat(all.value(Setting.text("text"))).isEqualTo("some words");
        assertThat(all.value(Setting.place("place"))).isEqualTo(URI.create("hdfs://n:8020/a"));
        assertThat(all.value(Setting.truth("truth"))).isTrue();
        assertThat(all.value(Setting.choice("ending", Ending.class))).isEqualTo(Ending.ONE_CYCLE);
        assertThat(all.value(Setting.choice("dotted", Ending.class))).isEqualTo(Ending.DOTTED);
        assertThat(all.value(Setting.decimals("numbers"))).containsExactly(0.5, 1.0);
        assertThat(all.value(Setting.texts("texts"))).containsExactly("a", "b c", "3");
        assertThat(all.value(Setting.memorySize("size"))).isEqualTo(64L << 20);
        assertThat(all.value(Setting.duration("time"))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesASingleNumberForAListOfOne() {
        RecipeSection section = file("averaging { one = 4, several = [1, 2], wrong = [1, 0] }")
                .section(keys("averaging", "one", "several", "silent", "wrong"));

        assertThat(section.value(Setting.integers("one"))).containsExactly(4);
        assertThat(section.value(Setting.integers("several"))).containsExactly(1, 2);
        assertThat(section.value(Setting.integers("silent").orElse(List.of(9)))).containsExactly(9);
        assertThat(section.value(
                        Setting.integers("wrong").within(Range.atLeast(1)).orElse(List.of(8))))
                .containsExactly(8);
    }

    @Test
    void takesTheDefaultIfTheFileHasNoValueOrNull() {
        RecipeFile file = file("train { epochs = null }");

        assertThat(file.section(keys("train", "epochs"))
                        .value(Setting.integer("epochs")
                                .within(Range.atLeast(1))
                                .orElse(90)))
                .isEqualTo(90);
        assertThat(file.section(keys("data", "shards")).find(Setting.place("shards")))
                .isEmpty();
        file.finish();
    }

    @Test
    void prefersAnOverrideToTheFileAndTheLastOverrideToEarlierOnes() {
        RecipeFile file = file("train { epochs = 90, seed = 4 }", "train.epochs=3", "train.epochs=5");

        RecipeSection train = file.section(keys("train", "epochs", "seed"));
        assertThat(train.value(Setting.integer("epochs"))).isEqualTo(5);
        assertThat(train.value(Setting.integer("seed"))).isEqualTo(4);
    }

    @Test
    void takesAnOverrideLiterallyUnlessItStartsLikeHocon() {
        RecipeFile file = RecipeFile.withoutFile(List.of(
                "data.shards=hdfs://namenode:8020/a b=c",
                "data.mean=[0.1, 0.2]",
                "data.name=\"quoted\"",
                "data.plain=${HOME} // text",
                "model={depth = 32, classes = 7}"));

        RecipeSection data = file.section(keys("data", "shards", "mean", "name", "plain"));
        assertThat(data.value(Setting.place("shards")).getPath()).isEqualTo("/a b=c");
        assertThat(data.value(Setting.decimals("mean"))).containsExactly(0.1, 0.2);
        assertThat(data.value(Setting.text("name"))).isEqualTo("quoted");
        assertThat(data.value(Setting.text("plain"))).isEqualTo("${HOME} // text");
        RecipeSection model = file.section(keys("model", "depth", "classes"));
        assertThat(model.value(Setting.integer("depth"))).isEqualTo(32);
        assertThat(model.value(Setting.integer("classes"))).isEqualTo(7);
    }

    @Test
    void keepsPathsWithSpaces() {
        RecipeFile file = RecipeFile.withoutFile(List.of("a.b=/my data/set", "a.c=file:/my data"));

        RecipeSection section = file.section(keys("a", "b", "c"));
        assertThat(section.value(Setting.place("b")).getPath()).isEqualTo("/my data/set");
        assertThat(section.value(Setting.place("c")).getPath()).isEqualTo("/my data");
    }

    @Test
    void reportsEveryProblemAtOnceWithFileAndLine() {
        assertThat(problems(
                        """
                        train {
                          epochs = ten
                          batch-size-per-replica = 0
                          smoothing = 1
                          ending = sharp
                          time = 3 parsecs
                          size = big
                          means = [0.1, x]
                          truth = maybe
                        }
                        """,
                        file -> {
                            RecipeSection train = file.section(keys(
                                    "train",
                                    "epochs",
                                    "batch-size-per-replica",
                                    "smoothing",
                                    "ending",
                                    "time",
                                    "size",
                                    "means",
                                    "truth"));
                            train.find(Setting.integer("epochs")
                                    .within(Range.atLeast(1))
                                    .remedy("Set it to a number of epochs, e.g. 90."));
                            train.find(Setting.integer("batch-size-per-replica")
                                    .within(Range.atLeast(1))
                                    .remedy("Set it to what one worker's memory holds, e.g. 32."));
                            train.find(Setting.decimal("smoothing")
                                    .within(Range.atLeast(0).below(1))
                                    .remedy("Write 0.1."));
                            train.find(Setting.choice("ending", Ending.class).remedy("Choose one."));
                            train.find(Setting.duration("time").remedy("Write 10 s."));
                            train.find(Setting.memorySize("size").remedy("Write 64 MiB."));
                            train.find(Setting.decimals("means").remedy("Write three numbers."));
                            train.find(Setting.truth("truth").remedy("Write true."));
                        }))
                .containsExactly(
                        "r.conf:2: epochs is ten but must be a whole number. Set it to a number of epochs, e.g. 90.",
                        "r.conf:3: batch-size-per-replica is 0 but must be at least 1."
                                + " Set it to what one worker's memory holds, e.g. 32.",
                        "r.conf:4: smoothing is 1 but must be at least 0 and less than 1. Write 0.1.",
                        "r.conf:5: ending is sharp but must be one of sudden, one-cycle, A, v1.5. Choose one.",
                        "r.conf:6: time is 3 parsecs but must be a number with a unit of time"
                                + " (ms, s, minutes, hours). Write 10 s.",
                        "r.conf:7: size is big but must be a number with a unit of memory (KiB, MiB, GiB)."
                                + " Write 64 MiB.",
                        "r.conf:8: means is [0.1,\"x\"] but must be a list in which every element is a number."
                                + " Write three numbers.",
                        "r.conf:9: truth is maybe but must be true or false. Write true.");
    }

    @Test
    void namesTheOverrideThatIsWrong() {
        assertThat(problems(
                        "train { epochs = 5 }",
                        file -> file.section(keys("train", "epochs"))
                                .find(Setting.integer("epochs")
                                        .within(Range.atLeast(1))
                                        .remedy("Set it to 90.")),
                        "train.epochs=0"))
                .containsExactly("--set train.epochs: epochs is 0 but must be at least 1. Set it to 90.");
        assertThat(problems(
                        "",
                        file -> file.section(keys("model", "depth"))
                                .find(Setting.integer("depth")
                                        .within(Range.atLeast(8))
                                        .remedy("Set it to 20.")),
                        "model={\n depth = 7 }"))
                .containsExactly("--set model: depth is 7 but must be at least 8. Set it to 20.");
    }

    @Test
    void suggestsTheNearestKeyForAnUnknownOne() {
        assertThat(problems(
                        """
                        train {
                          epoch = 5
                          learning-rate = 0.1
                          colour = blue
                        }
                        modle { depth = 20 }
                        """,
                        file -> {
                            file.section(keys("model", "depth"));
                            file.section(keys("train", "epochs", "seed"));
                            file.section(keys("optimizer", "learning-rate"));
                        },
                        "epochs=9"))
                .containsExactlyInAnyOrder(
                        "--set epochs: epochs is not a section of a recipe. Did you mean train.epochs?",
                        "r.conf:2: epoch is not a key of train. Did you mean epochs?",
                        "r.conf:3: learning-rate is not a key of train. Did you mean optimizer.learning-rate?",
                        "r.conf:4: colour is not a key of train. Use one of the keys of train: epochs, seed.",
                        "r.conf:6: modle is not a section of a recipe. Did you mean model?");
    }

    @Test
    void refusesAMissingFile() {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class, () -> RecipeFile.load(Path.of("conf/none.conf"), List.of()));

        assertThat(exception).hasMessage("conf/none.conf: " + RecipeFailures.noSuchFile());
    }

    @Test
    void refusesAnIncludeThatIsNotAPath() {
        RecipeException exception = catchThrowableOfType(RecipeException.class, () -> file("include \"a\\u0000b\""));

        assertThat(exception.sentences())
                .containsExactly(folder.resolve("r.conf") + ": " + RecipeFailures.includeNotAPath("a\u0000b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "a { ", "a = {"})
    void refusesARecipeThatIsNestedTooDeep(String repeated) {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class, () -> file("train { epochs = 3 }\n" + repeated.repeat(100_000)));

        assertThat(exception.sentences())
                .containsExactly(folder.resolve("r.conf") + ": " + RecipeFailures.nestedTooDeep());
    }

    @Test
    void refusesAMemorySizeThatOverflows() {
        RecipeException exception = catchThrowableOfType(RecipeException.class, () -> {
            RecipeFile recipe = file("train { size = 16 YiB }");
            recipe.section(keys("train", "size"))
                    .find(Setting.memorySize("size").remedy("Write 64 MiB."));
            recipe.finish();
        });

        assertThat(exception.sentences())
                .containsExactly(folder.resolve("r.conf")
                        + ":1: size is 16 YiB but must be a number with a unit of memory (KiB, MiB, GiB)."
                        + " Write 64 MiB.");
    }

    @Test
    void refusesBrokenOverrides() {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class,
                () -> RecipeFile.withoutFile(List.of("train.epochs", "..=3", "data.mean=[1, 2", "=5")));

        assertThat(exception.sentences())
                .containsExactly(
                        "--set train.epochs: " + RecipeFailures.overrideWithoutValue("train.epochs"),
                        "--set ..=3: " + RecipeFailures.overrideNotAKey(".."),
                        "--set data.mean: " + RecipeFailures.overrideNotHocon("[1, 2"),
                        "--set =5: " + RecipeFailures.overrideNotAKey(""));
    }

    @Test
    void locatesASyntaxError() {
        assertThat(problems("train {\n  epochs = 5\n  shards = hdfs://here\n}\n", file -> {}))
                .singleElement()
                .asString()
                .startsWith("r.conf:3: This is not valid HOCON: ")
                .endsWith(". Quote text that contains : or / or =, and close every brace and bracket.");
    }

    @Test
    void readsIncludedFiles() throws IOException {
        Files.createDirectories(folder.resolve("shared/more"));
        Files.writeString(
                folder.resolve("shared/base.conf"), "train { epochs = 90, seed = 4 }\ninclude \"more/accel\"");
        Files.writeString(folder.resolve("shared/more/accel.conf"), "accel = dl4j");
        Files.writeString(folder.resolve("b.json"), "{\"depth\": 32}");

        RecipeFile file = file(
                """
                \uFEFFinclude "shared/base.conf"
                train.epochs = 3
                model { include required("b.json") }
                data { include file("SHARED") }
                """
                        .replace(
                                "SHARED",
                                Files.writeString(folder.resolve("c.conf"), "shuffle-window = 7")
                                        .toString()));

        RecipeSection train = file.section(keys("train", "epochs", "seed"));
        assertThat(train.value(Setting.integer("epochs"))).isEqualTo(3);
        assertThat(train.value(Setting.integer("seed"))).isEqualTo(4);
        assertThat(file.section(keys("accel", "kernels")).value(Setting.text("kernels")))
                .isEqualTo("dl4j");
        assertThat(file.section(keys("model", "depth")).value(Setting.integer("depth")))
                .isEqualTo(32);
        assertThat(file.section(keys("data", "shuffle-window")).value(Setting.integer("shuffle-window")))
                .isEqualTo(7);
    }

    @Test
    void reportsAllIncludesThatAreMissingOrNotFilesAtOnce() throws IOException {
        Files.writeString(folder.resolve("there.conf"), "\ninclude \"missing-too\"\ninclude \"r.conf\"\n");

        assertThat(problems(
                        """
                        train.epochs = 3
                        include "missing.conf"
                        model { include file("/none/at-all.conf") }
                        include url("http://127.0.0.1:1/recipe.conf")
                        include "http://127.0.0.1:1/other.conf"
                        include classpath("reference.conf")
                        include "."
                        include "there.conf"
                        """,
                        file -> {},
                        "data={ include \"there.conf\" }"))
                .containsExactly(
                        "--set data: " + RecipeFailures.overrideInclude("there.conf"),
                        "r.conf:2: " + RecipeFailures.includeMissing("missing.conf"),
                        "r.conf:3: " + RecipeFailures.includeMissing("/none/at-all.conf"),
                        "r.conf:4: " + RecipeFailures.includeNotLocal("http://127.0.0.1:1/recipe.conf"),
                        "r.conf:5: " + RecipeFailures.includeNotLocal("http://127.0.0.1:1/other.conf"),
                        "r.conf:6: " + RecipeFailures.includeNotLocal("reference.conf"),
                        "r.conf:7: " + RecipeFailures.includeNotAFile("."),
                        "there.conf:2: " + RecipeFailures.includeMissing("missing-too"),
                        "there.conf:3: " + RecipeFailures.includesItself("r.conf"));
    }

    @Test
    void refusesAFileThatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin.conf"), "data.shards = \"/fl\u00E4che\"".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> RecipeFile.load(file, List.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessage(file + ": " + RecipeFailures.notUtf8());
    }

    @Test
    void refusesTimesAndSizesWithoutAUnitUnlessTheyAreZero() {
        assertThat(problems(
                        "checkpoint {\n every = 10\n size = 64\n}",
                        file -> {
                            RecipeSection checkpoint = file.section(
                                    keys("checkpoint", "every", "size", "text", "literal", "nothing", "none"));
                            checkpoint.find(Setting.duration("every").remedy("Write 10 minutes."));
                            checkpoint.find(Setting.memorySize("size").remedy("Write 64 MiB."));
                            checkpoint.find(Setting.duration("text").remedy("Write 10 minutes."));
                            checkpoint.find(Setting.memorySize("literal").remedy("Write 64 MiB."));
                            assertThat(checkpoint.value(Setting.duration("nothing")))
                                    .isZero();
                            assertThat(checkpoint.value(Setting.memorySize("none")))
                                    .isZero();
                        },
                        "checkpoint.text=1.5e3",
                        "checkpoint.literal= 64 ",
                        "checkpoint.nothing=0",
                        "checkpoint.none=0.0"))
                .containsExactly(
                        "r.conf:2: every is 10 but must be a number with a unit of time, e.g. 10 s or 10 minutes."
                                + " Write 10 minutes.",
                        "r.conf:3: size is 64 but must be a number with a unit of memory, e.g. 64 MiB. Write 64 MiB.",
                        "--set checkpoint.text: text is 1.5e3 but must be a number with a unit of time,"
                                + " e.g. 1.5e3 s or 1.5e3 minutes. Write 10 minutes.",
                        "--set checkpoint.literal: literal is 64 but must be a number with a unit of memory,"
                                + " e.g. 64 MiB. Write 64 MiB.");
    }

    @Test
    void refusesASubstitutionThatDoesNotFit() {
        assertThat(problems("a { b = 1 }\nc = ${a} text\n", file -> {}))
                .singleElement()
                .asString()
                .startsWith("r.conf:1: A substitution does not fit: ")
                .endsWith(". Join text with text, lists with lists and sections with sections.");
    }

    @Test
    void refusesASubstitutionWithoutAValue() {
        assertThat(problems("train {\n  epochs = ${nothing.of.the.kind}\n}\n", file -> {}))
                .containsExactly("r.conf:2: Could not resolve substitution to a value: ${nothing.of.the.kind}."
                        + " Set that key or environment variable, or write ${?NAME} if it is optional.");
    }

    @Test
    void refusesASectionThatIsAValue() {
        assertThat(problems("\ntrain = 5\n", file -> file.section(keys("train"))))
                .containsExactly("r.conf:2: " + RecipeFailures.notASection("train", "5"));
    }

    @Test
    void letsReadersAddProblems() {
        assertThat(problems("model {\n depth = 21\n}\n", file -> {
                    Setting<Integer> depth = Setting.integer("depth").remedy("Use 20.");
                    RecipeSection model = file.section(keys("model", "depth", "classes"));
                    model.refuse(depth, model.value(depth), "6n+2");
                    model.note("depth", "depth is 21. Use 20.");
                    model.refuse(Setting.integer("classes"), 0, "at least 2", "Use 10.");
                    file.section(keys("data", "shards")).require(Setting.place("shards"), "Add --set data.shards=URI.");
                }))
                .containsExactly(
                        "r.conf:2: depth is 21 but must be 6n+2. Use 20.",
                        "r.conf:2: depth is 21. Use 20.",
                        "r.conf: classes is 0 but must be at least 2. Use 10.",
                        "r.conf: data.shards is not set. Add --set data.shards=URI.");
    }

    @Test
    void problemsWithAKeyNameTheKey() {
        RecipeException exception = catchThrowableOfType(RecipeException.class, () -> {
            RecipeFile file = file("model { depth = x, colour = red }\nmodle = 1\n", "something");
            file.finish();
        });

        assertThat(exception.problems()).extracting(Problem::key).containsExactly("");

        exception = catchThrowableOfType(RecipeException.class, () -> {
            RecipeFile file = file("model { depth = x, colour = red }\nmodle = 1\n");
            file.section(keys("model", "depth")).find(Setting.integer("depth").remedy("Use 20."));
            file.section(keys("data", "shards")).require(Setting.place("shards"), "Add --set data.shards=URI.");
            file.finish();
        });

        assertThat(exception.problems())
                .extracting(Problem::key)
                .containsExactly("model.depth", "data.shards", "model.colour", "modle");
    }

    private List<String> problems(String text, Consumer<RecipeFile> reader, String... overrides) {
        RecipeException exception = catchThrowableOfType(RecipeException.class, () -> {
            RecipeFile file = file(text, overrides);
            reader.accept(file);
            file.finish();
        });
        return exception.sentences().stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void appliesOtherOverridesToTheRecipeAsItWasReadEvenIfTheFileChanges() {
        RecipeFile read = file("a { b = one, c = ${a.b} }", "a.b=two");

        file("a { b = changed }");

        DeclaredSection declared = keys("a", "b", "c");
        RecipeSection section = read.with(List.of("a.b=three")).section(declared);
        assertThat(section.value(Setting.text("b"))).isEqualTo("three");
        assertThat(section.value(Setting.text("c"))).isEqualTo("three");
        assertThat(read.with(List.of()).section(declared).value(Setting.text("c")))
                .isEqualTo("one");
    }

    /** A section of keys whose types do not matter. */
    private static DeclaredSection keys(String section, String... keys) {
        return new DeclaredSection(
                section,
                "A section.",
                Stream.of(keys)
                        .map(key -> Setting.text(key).help("A key.").remedy("Write it."))
                        .toList());
    }

    private RecipeFile file(String text, String... overrides) {
        try {
            Path file = Files.writeString(folder.resolve("r.conf"), text);
            return RecipeFile.load(file, List.of(overrides));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
