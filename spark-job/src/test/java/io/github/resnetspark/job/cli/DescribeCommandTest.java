package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.model.NetworkFailures;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.PublishedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeCommandTest {
    private static final Path DOCUMENT = Path.of("../docs/networks.md");

    @TempDir
    Path folder;

    @Test
    void theDocumentHasTheTableThatDescribePrints() throws IOException {
        Console console = Console.run("describe", "--all");

        assertThat(console.code()).isZero();
        assertThat(Files.readString(DOCUMENT)).contains(console.out());
    }

    @Test
    void everyPublishedFigureEqualsOurCount() {
        for (PublishedNetwork network : PublishedNetwork.all()) {
            LayerTable table = LayerTable.of(network.spec());
            network.parameters().ifPresent(published -> assertPublished(published, table.parameters(), table.name()));
            network.multiplyAdds()
                    .ifPresent(published -> assertPublished(published, table.multiplyAdds(), table.name()));
        }
    }

    /** Exact figures must match exactly. Rounded ones, some of which the papers truncate, must match within 2 %. */
    private static void assertPublished(String published, long counted, String name) {
        String[] parts = published.replace(",", "").split(" ", -1);
        if (parts.length == 1) {
            assertThat(counted).as(name).isEqualTo(Long.parseLong(parts[0]));
        } else {
            double unit = parts[1].equals("G") ? 1e9 : 1e6;
            double value = Double.parseDouble(parts[0]) * unit;
            assertThat((double) counted).as(name).isCloseTo(value, within(value * 0.02));
        }
    }

    @Test
    void theSettingsOfEveryPublishedNetworkCreateIt() {
        for (PublishedNetwork network : PublishedNetwork.all()) {
            List<String> overrides = Stream.of(network.settings().split(","))
                    .map(setting -> "model." + setting)
                    .toList();

            assertThat(Recipe.load(Optional.empty(), overrides).model()).isEqualTo(network.spec());
        }
    }

    @Test
    void reportsStagesAndTheMemoryOfAMinibatch() throws IOException {
        JsonNode report = json("describe", "--batch", "128", "--json");

        assertThat(report.get("stages")).hasSize(5);
        JsonNode stage = report.get("stages").get(2);
        assertThat(stage.get("name").asText()).isEqualTo("stage2");
        assertThat(stage.get("layers").asInt()).isEqualTo(6);
        assertThat(stage.get("receptiveField").asInt()).isEqualTo(37);
        assertThat(stage.get("outputShape")).hasToString("[32,16,16]");
        // Three vectors of parameters. For every picture 1.5 times the outputs, and 3·32·32 values.
        long perPicture = report.get("activationBytes").asLong() * 3 / 2 + 4 * 3 * 32 * 32;
        assertThat(report.get("trainingBytes").asLong()).isEqualTo(3 * 4 * 269_722 + 128 * perPicture);
        assertThat(Console.run("describe", "--batch", "128").out())
                .contains("training on minibatches of 128 needs about")
                .containsPattern("stage2 +6 +32×16×16 +37 ");
    }

    @Test
    void comparesTwoNetworks() throws IOException {
        Path recipe = Files.writeString(folder.resolve("deep.conf"), "model { depth = 56 }\n");
        Console console = Console.run("describe", "--compare", "depth=20,shortcut=B", recipe.toString());

        assertThat(console.code()).isZero();
        assertThat(console.out())
                .contains("CIFAR ResNet-20 (B)")
                .contains("CIFAR ResNet-56 (A)")
                .containsPattern("parameters +total +272,474 +853,018 +3.13")
                .containsPattern("layers +stage1 +6 +18 +3.00");
        JsonNode report = json("describe", "--compare", "depth=20,shortcut=B", recipe.toString(), "--json");
        assertThat(report.get("difference").get("parameters").asLong()).isEqualTo(853_018 - 272_474);
        assertThat(report.get("right").get("stages")).hasSize(5);
    }

    @Test
    void comparesNetworksWithDifferentNumbersOfStages() {
        assertThat(Console.run("describe", "--compare", "depth=20", "family=cifar-resnet18")
                        .out())
                .containsPattern("parameters +stage4 +– +8,393,728")
                .containsPattern("parameters +total +269,722 +11,173,962 +41.43");
    }

    @Test
    void comparesWithTheNetworkOfTheRecipe() throws IOException {
        Path recipe = Files.writeString(
                folder.resolve("imagenet.conf"),
                "model { family = imagenet, depth = 50, classes = 1000, input = 224 }\n");

        assertThat(Console.run("describe", "--conf", recipe.toString(), "--compare", "depth=50", "depth=152")
                        .out())
                .contains("ResNet-50 v1.5")
                .containsPattern("parameters +total +25,557,032 +60,192,808");
    }

    @Test
    void refusesNetworksThatDoNotExistAndOptionsThatExclude() {
        assertThat(Console.run("describe", "--compare", "depth=21", "depth=20").err())
                .isEqualTo("--set model.depth: "
                        + NetworkFailures.depthOfCifar(21, 6, "", List.of(20, 32, 44, 56, 110), 20) + "\n");
        assertThat(Console.run("describe", "--compare", "depth=20,B", "depth=20")
                        .err())
                .isEqualTo(CommandFailures.notKeyAndValue("B") + "\n");
        Console two = Console.run("describe", "--compare", "depth=20", "depth=32", "--all");
        assertThat(two.code()).isEqualTo(2);
        assertThat(two.err()).isEqualTo(CommandFailures.exclusive(List.of("--compare", "--all")) + "\n");
        assertThat(Console.run("describe", "--batch", "0").err()).isEqualTo(CommandFailures.batchTooSmall(0) + "\n");
    }

    @Test
    void drawsTheLearningRate() throws IOException {
        String[] recipe = {"--set", "train.epochs=90", "--set", "cluster.workers=8", "--set", "optimizer.schedule=step"
        };
        for (String ending : List.of("csv", "svg", "png")) {
            Path file = folder.resolve("rate." + ending);
            Console console =
                    Console.run(Stream.concat(Stream.of("describe", "--schedule", file.toString()), Stream.of(recipe))
                            .toArray(String[]::new));

            assertThat(console.code()).as(console.err()).isZero();
            assertThat(console.out())
                    .isEqualTo(file
                            + ": learning rate 0.001000 at the start, 0.1000 at the peak, 0.0001000 at the end of 90 epochs, with"
                            + " 256 pictures per step\n");
        }
        assertThat(Files.readAllLines(folder.resolve("rate.csv")))
                .hasSizeGreaterThan(200)
                .startsWith("epoch,learning-rate", "0.0,0.001")
                // The third step is at 0.889 · 90.
                .anyMatch(line -> line.startsWith("80.009999999999") && line.contains(",0.001"))
                .anyMatch(line -> line.startsWith("80.01,1.0"))
                .anyMatch(line -> line.startsWith("90.0,1.0"));
        assertThat(Files.readString(folder.resolve("rate.svg")))
                .contains("<svg")
                .contains("learning rate over epoch")
                .contains("</svg>");
        assertThat(ImageIO.read(folder.resolve("rate.png").toFile()).getWidth()).isEqualTo(1440);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("rate.csv", "rate.svg", "rate.png");
    }

    @Test
    void refusesAnUnknownPlotFormatAndAMissingFolder() {
        assertThat(Console.run("describe", "--schedule", "rate.pdf").err())
                .isEqualTo(CommandFailures.unknownPlotFormat("rate.pdf") + "\n");
        Path nowhere = folder.resolve("none/rate.csv");
        assertThat(Console.run("describe", "--schedule", nowhere.toString()).err())
                .isEqualTo(CommandFailures.noFolderForPlot(
                                nowhere.toString(), nowhere.getParent().toString())
                        + "\n");
    }

    private static JsonNode json(String... args) throws IOException {
        return new ObjectMapper().readTree(Console.run(args).out());
    }
}
