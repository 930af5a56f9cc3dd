package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.message.model.RecipeFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResNetSparkTest {
    @TempDir
    private Path folder;

    @Test
    void describesTheNetworkOfTheRecipe() throws IOException {
        Console console = Console.run("describe", "--json");

        assertThat(console.code()).isZero();
        assertThat(console.err()).isEmpty();
        JsonNode report = new ObjectMapper().readTree(console.out());
        assertThat(report.get("parameters").asLong()).isEqualTo(269_722);
        assertThat(report.get("layers").size()).isPositive();
    }

    @Test
    void describesTheNetworkAsATable() {
        Console console = Console.run("describe", "--set", "model.family=imagenet", "--set", "model.depth=18");

        assertThat(console.out())
                .startsWith("ResNet-18, one picture\nname ")
                .contains("7×7")
                .contains("11,689,512")
                .contains("1,814,073,344");
    }

    @Test
    void reportsTwoProblemsOfARecipeAtOnceAndRefusesToRun() throws IOException {
        Path conf = Files.writeString(folder.resolve("r.conf"), "model {\n  depth = 21\n  clases = 10\n}\n");

        Console console = Console.run("describe", "--conf", conf.toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err().replace(folder + "/", ""))
                .isEqualTo(
                        """
                        r.conf:2: depth is 21 but the cifar family has depths of 6n+2, starting at 8. Set one of 20, 32, 44, 56 and 110, e.g. 20.
                        r.conf:3: clases is not a key of model. Did you mean classes?
                        """);
    }

    @Test
    void refusesAMissingRecipe() {
        Console console = Console.run("describe", "--conf", "conf/none.conf");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).isEqualTo("conf/none.conf: " + RecipeFailures.noSuchFile() + "\n");
    }

    @Test
    void refusesAnOverrideWithoutAValue() {
        Console console = Console.run("describe", "--set", "model.depth");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo("--set model.depth: " + RecipeFailures.overrideWithoutValue("model.depth") + "\n");
    }

    @Test
    void refusesAnUnknownOptionAndAnUnknownCommand() {
        Console option = Console.run("describe", "--jsn");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err())
                .isEqualTo(
                        """
                        Unknown option: '--jsn'. Run resnet-spark describe --help to see its options.
                        Possible solutions: --json
                        """);

        Console command = Console.run("descrbe");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).startsWith("Unmatched argument at index 0: 'descrbe'. Run resnet-spark --help");
    }

    @Test
    void refusesACommandLineWithoutACommand() {
        Console console = Console.run();

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .startsWith("Missing required subcommand. Run resnet-spark --help to see its options.");
    }

    @Test
    void showsTheStackTraceOnlyWhenAskedTo() {
        assertThat(Console.run("describe", "--set", "model.depth=21").err()).doesNotContain("\tat ");
        assertThat(Console.run("describe", "--set", "model.depth=21", "--verbose")
                        .err())
                .contains("\tat ");
    }

    @Test
    void writesTheResultAtomically() throws IOException {
        Path result = folder.resolve("deep/er/result.json");

        assertThat(Console.run("describe", "--result", result.toUri().toString())
                        .code())
                .isZero();
        JsonNode done = new ObjectMapper().readTree(result.toFile());
        assertThat(done.get("command").asText()).isEqualTo("describe");
        assertThat(done.get("status").asText()).isEqualTo("done");
        assertThat(done.get("exitCode").asInt()).isZero();
        assertThat(done.get("report").get("parameters").asLong()).isEqualTo(269_722);

        Console.run("describe", "--set", "model.depth=21", "--result", result.toString());
        JsonNode refused = new ObjectMapper().readTree(result.toFile());
        assertThat(refused.get("status").asText()).isEqualTo("refused");
        assertThat(refused.get("exitCode").asInt()).isEqualTo(2);
        assertThat(refused.get("problems").get(0).asText()).startsWith("--set model.depth: depth is 21");

        try (Stream<Path> files = Files.list(result.getParent())) {
            assertThat(files.filter(file -> !file.getFileName().toString().endsWith(".crc")))
                    .containsExactly(result);
        }
    }

    @Test
    void neverKeepsTheSuccessOfAnEarlierRunInTheResult() throws IOException {
        Path result = folder.resolve("result.json");
        Console.run("describe", "--result", result.toString());

        Console.run("describe", "--result", result.toString(), "--jsn");
        JsonNode refused = new ObjectMapper().readTree(result.toFile());
        assertThat(refused.get("status").asText()).isEqualTo("refused");
        assertThat(refused.get("problems").get(0).asText())
                .isEqualTo("Unknown option: '--jsn'. Run resnet-spark describe --help to see its options.");
    }

    @Test
    void refusesAResultFileThatCannotBeWrittenBeforeTheWork() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Console console =
                Console.run("describe", "--result", file.resolve("result.json").toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .startsWith("--result " + file + "/result.json cannot be written (")
                .contains("). Set --result to a file that this command may write, e.g. file:/tmp/result.json.\n");
    }

    @Test
    void theHelpHasExitCodesAndExamples() {
        assertThat(Console.run("--help").out()).contains("describe").contains("Exit codes:");
        Console help = Console.run("describe", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("--conf=FILE")
                .contains("--set=KEY=VALUE")
                .contains("Examples:");
    }
}
