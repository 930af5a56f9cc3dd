package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.message.job.CommandFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path shards;
    private static Path degradation;
    private static Console trained;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainFourNetworks() throws IOException {
        new PictureSet(12, 4, 1).write(shared.resolve("pictures"));
        shards = shared.resolve("shards");
        Console prepared = Console.run(
                "prepare", "--set", "prepare.source=" + shared.resolve("pictures"), "--set", "data.shards=" + shards);
        assertThat(prepared.code()).as(prepared.err()).isZero();
        degradation = shared.resolve("degradation");
        trained = degradation();
    }

    @Test
    void degradationTrainsPlainAndResidualNetworksAndDrawsTheirErrors() throws Exception {
        assertThat(trained.err()).isEmpty();
        assertThat(trained.code()).isZero();
        JsonNode report = JSON.readTree(trained.out());
        assertThat(report.path("out").asText()).isEqualTo(degradation.toString());
        assertThat(report.path("paragraph").asText())
                .contains("plain-8 has a training error of")
                .contains("resnet-14 one of");
        List<String> table = Files.readAllLines(degradation.resolve("degradation.csv"));
        assertThat(table.get(0)).isEqualTo("network,depth,epoch,training_error,test_error,training_loss");
        assertThat(table.subList(1, table.size()))
                .extracting(line -> line.substring(0, line.indexOf(',', line.indexOf(',', line.indexOf(',') + 1) + 1)))
                .containsExactly(
                        "plain,8,1",
                        "plain,8,2",
                        "plain,14,1",
                        "plain,14,2",
                        "residual,8,1",
                        "residual,8,2",
                        "residual,14,1",
                        "residual,14,2");
        assertThat(Files.readString(degradation.resolve("degradation.md")))
                .isEqualTo(report.path("paragraph").asText() + "\n");
        assertIsPicture(degradation, "degradation");
        assertThat(Files.readString(degradation.resolve("plain-14/model.json"))).contains("none");
    }

    @Test
    void theTrainingErrorIsTheOneThatEvaluateReports() throws IOException {
        List<String> lines = Files.readAllLines(degradation.resolve("resnet-8.run/metrics.jsonl"));
        JsonNode last = JSON.readTree(lines.stream()
                .filter(line -> line.contains("\"training-error\""))
                .reduce((before, after) -> after)
                .orElseThrow());
        JsonNode best = JSON.readTree(Files.readString(degradation.resolve("resnet-8/metrics.json")));
        int bestEpoch = best.path("validation").path("epoch").asInt();
        JsonNode ofBest = JSON.readTree(lines.stream()
                .filter(line -> line.contains("\"training-error\"") && line.contains("\"epoch\":" + bestEpoch + ","))
                .findFirst()
                .orElseThrow());

        JsonNode evaluated = evaluate(degradation.resolve("resnet-8"), "train");

        assertThat(last.path("epoch").asInt()).isEqualTo(2);
        assertThat(ofBest.path("examples").asInt()).isEqualTo(120);
        assertThat(evaluated.path("errors")).isEqualTo(ofBest.path("errors"));
        assertThat(evaluated.path("loss").asDouble())
                .isEqualTo(ofBest.path("loss").asDouble(), within(1e-5));
    }

    @Test
    void degradationTrainsNoNetworkTwiceAndRefusesThoseOfAnotherRecipe() throws IOException {
        byte[] model = Files.readAllBytes(degradation.resolve("plain-8/SHA256SUMS"));
        Files.delete(degradation.resolve("degradation.svg"));

        Console again = degradation();

        assertThat(again.out()).isEqualTo(trained.out());
        assertThat(degradation.resolve("degradation.svg")).exists();
        assertThat(Files.readAllBytes(degradation.resolve("plain-8/SHA256SUMS")))
                .isEqualTo(model);
        Console other = degradation("--set", "optimizer.momentum=0.5");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .startsWith(AnalysisFailures.trainedDifferently(
                                "optimizer.momentum",
                                "0.5",
                                degradation.resolve("plain-8").toString(),
                                "0.9")
                        + "\n")
                .hasLineCount(4);
    }

    @Test
    void gradientsAreMeasuredAtEveryBlockOfBothNetworks() throws Exception {
        Path out = folder.resolve("gradients");

        Console console = Console.run(
                "analyze",
                "gradients",
                "--set",
                "data.shards=" + shards,
                "--set",
                "model.depth=14",
                "--set",
                "train.batch-size-per-replica=8",
                "--steps",
                "2,0",
                "--out",
                out.toString(),
                "--json");

        assertThat(console.code()).as(console.err()).isZero();
        List<String> table = Files.readAllLines(out.resolve("gradients.csv"));
        // Two networks, two steps, six blocks.
        assertThat(table).hasSize(1 + 2 * 2 * 6);
        assertThat(table.get(1)).startsWith("plain,0,").contains(",stage1-block1,1,");
        assertThat(table.get(24)).startsWith("residual,2,").contains(",stage3-block2,3,");
        assertThat(JSON.readTree(console.out()).path("paragraph").asText())
                .contains("blocks of plain-14 and resnet-14")
                .contains("At the start the first stage's gradient is")
                .contains("After 2 steps");
        assertIsPicture(out, "gradients");
        assertIsPicture(out, "jacobians");
    }

    @Test
    void theCentreOfALandscapeHasTheLossThatEvaluateReports() throws Exception {
        Path out = folder.resolve("landscape");

        Console console = landscape(out, "--points", "3", "--split", "validation", "--json");

        assertThat(console.code()).as(console.err()).isZero();
        List<String> table = Files.readAllLines(out.resolve("landscape.csv"));
        assertThat(table).hasSize(10);
        String[] middle = table.get(5).split(",", -1);
        assertThat(middle[0]).isEqualTo("0.000000");
        assertThat(middle[1]).isEqualTo("0.000000");
        JsonNode evaluated = evaluate(degradation.resolve("resnet-8"), "validation");
        assertThat(Double.parseDouble(middle[2]))
                .isEqualTo(evaluated.path("loss").asDouble(), within(1e-5));
        assertThat(Double.parseDouble(middle[3]))
                .isEqualTo(1 - evaluated.path("top1").asDouble(), within(1e-6));
        assertThat(table.subList(1, 10).stream()
                        .map(line -> line.split(",", -1)[2])
                        .distinct())
                .hasSize(9);
        assertIsPicture(out, "landscape");
    }

    @Test
    void aKilledLandscapeResumesAndEndsWithTheSameTable() throws Exception {
        Path undisturbed = folder.resolve("undisturbed");
        Path killed = folder.resolve("killed");
        assertThat(landscape(undisturbed, "--points", "9").code()).isZero();
        List<String> arguments = new ArrayList<>(List.of("landscape"));
        arguments.addAll(List.of(arguments(killed, "--points", "9")));
        TrainProcess process = TrainProcess.startCommand(folder.resolve("killed.log"), "analyze", arguments);

        process.await(() -> Files.isDirectory(killed.resolve("points"))
                        && parts(killed).size() >= 2)
                .kill();

        List<Path> before = parts(killed);
        assertThat(before).hasSizeBetween(2, 10);
        assertThat(killed.resolve("landscape.csv")).doesNotExist();
        var written = Files.getLastModifiedTime(before.get(0));
        assertThat(landscape(killed, "--points", "9").code()).isZero();
        assertThat(killed.resolve("landscape.csv")).hasSameTextualContentAs(undisturbed.resolve("landscape.csv"));
        assertThat(Files.getLastModifiedTime(before.get(0))).isEqualTo(written);

        Console other = landscape(killed, "--points", "9", "--seed", "5");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .isEqualTo(AnalysisFailures.computedDifferently("--seed", "5", "file:" + killed, "1") + "\n");
        assertThat(landscape(killed, "--points", "9", "--seed", "5", "--fresh").code())
                .isZero();
        assertThat(Files.readString(killed.resolve("landscape.csv")))
                .isNotEqualTo(Files.readString(undisturbed.resolve("landscape.csv")));
    }

    @Test
    void reportsAllBadOptionsAtOnce() {
        Console console = landscape(
                folder.resolve("none"),
                "--points",
                "4",
                "--reach",
                "0",
                "--dimensions",
                "3",
                "--highest-drawn",
                "Infinity");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(CommandFailures.wrongDimensions(3) + "\n" + CommandFailures.wrongPoints(4) + "\n"
                        + CommandFailures.wrongReach(0) + "\n"
                        + CommandFailures.wrongHighestDrawn(Double.POSITIVE_INFINITY) + "\n");
        assertThat(Console.run("analyze").err())
                .startsWith("Missing required subcommand. Run resnet-spark analyze --help to see its options.");
        assertThat(Console.run("analyze").code()).isEqualTo(2);
        assertThat(Console.run("analyze", "gradients", "--help").out())
                .contains("--steps")
                .contains("jacobians.svg");
        Console plain = Console.run(
                "analyze",
                "gradients",
                "--set",
                "data.shards=" + shards,
                "--set",
                "model.shortcut=none",
                "--out",
                folder.toString());
        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.err()).isEqualTo(AnalysisFailures.noShortcut() + "\n");
        Console steps = Console.run(
                "analyze", "gradients", "--set", "data.shards=" + shards, "--steps", "0,5", "--out", folder.toString());
        assertThat(steps.code()).isEqualTo(2);
        assertThat(steps.err()).isEqualTo(AnalysisFailures.tooManySteps(5, 1, 64) + "\n");
    }

    private static Console degradation(String... more) {
        String[] fixed = {
            "analyze",
            "degradation",
            "--set",
            "data.shards=" + shards,
            "--set",
            "train.epochs=2",
            "--set",
            "train.batch-size-per-replica=8",
            "--set",
            "averaging.every=4",
            "--set",
            "optimizer.warmup-epochs=0",
            "--depths",
            "8,14",
            "--out",
            degradation.toString(),
            "--json"
        };
        return Console.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
    }

    private static Console landscape(Path out, String... more) {
        return Console.run(Stream.concat(Stream.of("analyze", "landscape"), Stream.of(arguments(out, more)))
                .toArray(String[]::new));
    }

    private static String[] arguments(Path out, String... more) {
        String[] fixed = {
            "--model",
            degradation.resolve("resnet-8").toString(),
            "--shards",
            shards.toString(),
            "--examples",
            "40",
            "--out",
            out.toString()
        };
        return Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new);
    }

    private static JsonNode evaluate(Path model, String split) throws IOException {
        Console console = Console.run(
                "evaluate", "--model", model.toString(), "--shards", shards.toString(), "--split", split, "--json");
        assertThat(console.code()).as(console.err()).isZero();
        return JSON.readTree(console.out());
    }

    private static List<Path> parts(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve("points"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("points-"))
                    .sorted()
                    .toList();
        }
    }

    private static void assertIsPicture(Path directory, String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        byte[] svg = Files.readAllBytes(directory.resolve(name + ".svg"));
        assertThat(factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg))
                        .getElementsByTagName("desc")
                        .item(0)
                        .getTextContent())
                .isNotBlank();
        assertThat(ImageIO.read(directory.resolve(name + ".png").toFile()).getHeight())
                .isGreaterThan(800);
    }
}
