package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.message.job.PromotionNotices;
import io.github.resnetspark.message.job.RetrainFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nightly retraining, with processes that are killed. */
class RetrainingIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Deliveries deliveries;
    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        deliveries = Deliveries.in(folder.resolve("all"));
        home = folder.resolve("models/things");
    }

    @Test
    void onlyBetterModelsBecomeCurrentWhateverFails() throws Exception {
        aFirstModelIsPromoted();
        aModelOfMislabelledPicturesIsNotPromoted();
        aModelOfMorePicturesIsPromotedAlthoughItsRunIsKilledBeforeThePromotion();
        aRunThatWasKilledAfterThePromotionIsPromotedOnce();
        aFinishedRunReportsItsResultAgain();
        aSecondRetrainingFails();
        aNewClassReplacesTheLastLayer();
        anotherNetworkIsRefusedBeforeAnythingStarts();
        anOperatorRollsBack();
        aRunThatWasKilledAfterItsPromotionRespectsARollback();
        anOperatorPromotesByHand();
    }

    @Test
    void tooFewSlotsAreAFailureThatARetryMayFix() throws Exception {
        Path pictures = deliveries.deliver(folder.resolve("monday"), 9, 30, 0);
        System.setProperty("spark.master", "local[1]");
        System.setProperty("spark.scheduler.maxRegisteredResourcesWaitingTime", "100ms");
        try {
            Console console = retrain("monday", pictures, "--set", "cluster.workers=2", "--set", "averaging.every=4");

            assertThat(console.err()).startsWith("cluster.workers is 2 but Spark offers 1 task slot");
            assertThat(console.code()).isEqualTo(1);
        } finally {
            System.clearProperty("spark.master");
            System.clearProperty("spark.scheduler.maxRegisteredResourcesWaitingTime");
        }
        // The same run with enough slots.
        Console console = retrain("monday", pictures, "--set", "cluster.workers=2", "--set", "averaging.every=4");
        assertThat(console.code()).as(console.err()).isZero();
    }

    private void aFirstModelIsPromoted() throws IOException {
        Path pictures = deliveries.deliver(folder.resolve("monday"), 9, 30, 0);

        Console console = retrain("monday", pictures);

        assertThat(console.code()).as(console.err()).isZero();
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.path("promoted").asBoolean()).isTrue();
        assertThat(report.path("version").asText()).isEqualTo("1");
        assertThat(report.path("startedFrom").isNull()).isTrue();
        assertThat(report.path("candidate").path("examples").asInt()).isEqualTo(450);
        // Chance is 0.11.
        assertThat(report.path("candidate").path("top1").asDouble()).isGreaterThan(0.14);
        assertThat(home.resolve("CURRENT")).hasContent("1\n");
        assertThat(Files.readString(home.resolve("runs/monday/report.md"))).startsWith("# Promoted\n");
        assertThat(home.resolve("runs/monday/report.html"))
                .content()
                .contains("<strong>Promoted as version 1.</strong>", "The most confident mistakes")
                .contains("href=\"model.run/report.html\"")
                .doesNotContain("changed sides");
        assertThat(home.resolve("runs/monday/model")).doesNotExist();
    }

    private void aModelOfMislabelledPicturesIsNotPromoted() throws IOException {
        Path pictures = deliveries.deliver(folder.resolve("tuesday"), 9, 60, 1);
        Path result = folder.resolve("result.json");

        Console console = retrain("tuesday", pictures, "--result", result.toString());

        assertThat(console.code()).as(console.err()).isEqualTo(3);
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.path("promoted").asBoolean()).isFalse();
        assertThat(report.path("startedFrom").asText()).isEqualTo("1");
        assertThat(report.path("candidate").path("top1").asDouble())
                .isLessThan(report.path("current").path("top1").asDouble());
        assertThat(report.path("reason").asText()).contains(" points worse than version 1 (");
        assertThat(home.resolve("CURRENT")).hasContent("1\n");
        assertThat(versions()).containsExactly("1");
        JsonNode written = JSON.readTree(Files.readString(result));
        assertThat(written.path("status").asText()).isEqualTo("not promoted");
        assertThat(written.path("exitCode").asInt()).isEqualTo(3);
        assertThat(written.path("report")).isEqualTo(report);
        assertThat(Files.readString(home.resolve("runs/tuesday/report.md")))
                .startsWith("# Not promoted\n")
                .contains("| class | pictures | version 1 | new model | change |\n");
        requirePageOf("tuesday", report);
        assertThat(home.resolve("runs/tuesday/report.html"))
                .content()
                .contains("<strong>Not promoted.</strong>", "href=\"../monday/model.run/report.html\"");
        // Kept to find out what went wrong.
        assertThat(home.resolve("runs/tuesday/model/SHA256SUMS")).exists();
    }

    /** Every picture that changed sides is counted, as the errors of both models tell, and the first ones are shown. */
    private void requirePageOf(String runId, JsonNode report) throws IOException {
        long newlyWrong = report.path("newlyWrong").asLong();
        long newlyRight = report.path("newlyRight").asLong();
        assertThat(newlyWrong).isPositive();
        assertThat(newlyRight).isPositive();
        assertThat(newlyWrong - newlyRight)
                .isEqualTo(report.path("candidate").path("errors").asLong()
                        - report.path("current").path("errors").asLong());
        String page = Files.readString(home.resolve("runs").resolve(runId).resolve("report.html"));
        assertThat(page)
                .contains("<dt>newly wrong/right</dt><dd>" + newlyWrong + " / " + newlyRight + "</dd>")
                .contains(report.path("current").path("version").asText(), "Different settings")
                .contains("href=\"model.run/report.html\"");
        assertThat(page.split("<img ", -1)).hasSize(1 + (int) (Math.min(24, newlyWrong) + Math.min(24, newlyRight)));
    }

    private void aModelOfMorePicturesIsPromotedAlthoughItsRunIsKilledBeforeThePromotion() throws Exception {
        Path pictures = deliveries.deliver(folder.resolve("wednesday"), 9, 100, 0);
        Path begun = home.resolve("runs/wednesday/run.json");
        TrainProcess stopped = TrainProcess.startCommand(
                        folder.resolve("stopped.log"), "retrain", arguments("wednesday", pictures))
                .await(() -> Files.exists(begun))
                .terminate();
        // Only a training waits for its round. Earlier steps are simply repeated.
        assertThat(stopped.exitCode()).as(stopped.said()).isEqualTo(143);
        assertThat(home.resolve("runs/wednesday/model.run")).doesNotExist();
        Path trained = home.resolve("runs/wednesday/model/SHA256SUMS");
        TrainProcess.startCommand(folder.resolve("killed.log"), "retrain", arguments("wednesday", pictures))
                .await(() -> Files.exists(trained))
                .kill();
        assertThat(home.resolve("CURRENT")).hasContent("1\n");
        assertThat(home.resolve("_retrain-lock")).exists();
        String metrics = Files.readString(home.resolve("runs/wednesday/model.run/metrics.jsonl"));

        Console console = retrain("wednesday", pictures);

        assertThat(console.code()).as(console.err() + console.out()).isZero();
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.path("version").asText()).isEqualTo("2");
        assertThat(report.path("startedFrom").asText()).isEqualTo("1");
        assertThat(report.path("candidate").path("top1").asDouble())
                .isGreaterThan(report.path("current").path("top1").asDouble());
        assertThat(report.path("classes")).hasSize(9);
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
        assertThat(home.resolve("runs/wednesday/model.run/metrics.jsonl"))
                .as("nothing was trained twice")
                .hasContent(metrics);
        assertThat(home.resolve("_retrain-lock")).doesNotExist();
        requirePageOf("wednesday", report);
    }

    private void aRunThatWasKilledAfterThePromotionIsPromotedOnce() throws IOException {
        leaveAsKilledAfterThePromotion("wednesday", "2");
        Path page = home.resolve("runs/wednesday/report.html");
        String before = Files.readString(page);
        Files.delete(page);

        Console console = retrain("wednesday", folder.resolve("wednesday"));

        assertThat(console.code()).as(console.err() + console.out()).isZero();
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.path("promoted").asBoolean()).isTrue();
        assertThat(report.path("version").asText()).isEqualTo("2");
        assertThat(report.path("previous").asText()).isEqualTo("1");
        assertThat(report.path("reason").asText())
                .contains(" better than version 1 (")
                .endsWith(" " + PromotionNotices.alreadyCurrent("2"));
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
        assertThat(versions()).containsExactly("1", "2");
        // The reason is longer, everything else is the same.
        assertThat(Files.readString(page))
                .isEqualTo(before.replaceFirst(
                        "(better than version 1 \\([^)]*\\)\\.)", "$1 " + PromotionNotices.alreadyCurrent("2")));
    }

    /** As if the run was killed right after it updated CURRENT. */
    private void leaveAsKilledAfterThePromotion(String runId, String version) throws IOException {
        Files.delete(home.resolve("runs").resolve(runId).resolve("outcome.json"));
        Path model = Files.createDirectory(home.resolve("runs").resolve(runId).resolve("model"));
        for (String name : names(home.resolve(version))) {
            Files.copy(home.resolve(version).resolve(name), model.resolve(name));
        }
    }

    private void aFinishedRunReportsItsResultAgain() throws IOException {
        JsonNode outcome = JSON.readTree(Files.readString(home.resolve("runs/wednesday/outcome.json")));

        Console console = retrain("wednesday", folder.resolve("wednesday"));

        assertThat(console.code()).isZero();
        assertThat(JSON.readTree(console.out())).isEqualTo(outcome);
        assertThat(versions()).containsExactly("1", "2");
        Console other = retrain("tuesday", folder.resolve("tuesday"));
        assertThat(other.code()).isEqualTo(3);
        Console changed = retrain("wednesday", folder.resolve("wednesday"), "--set", "prepare.row-group=64");
        assertThat(changed.code()).isEqualTo(2);
        assertThat(changed.err())
                .isEqualTo(RetrainFailures.otherSetting("prepare.row-group", "64", "32", "wednesday") + "\n");
    }

    private void aSecondRetrainingFails() throws Exception {
        Path pictures = folder.resolve("wednesday");
        List<String> endless = new ArrayList<>(arguments("thursday", pictures));
        endless.addAll(List.of("--set", "train.epochs=100000"));
        Path metrics = home.resolve("runs/thursday/model.run/metrics.jsonl");
        TrainProcess first = TrainProcess.startCommand(folder.resolve("endless.log"), "retrain", endless)
                .awaitLines(metrics, 3);

        Console second = retrain("friday", pictures);

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .matches("Another run is retraining " + home + " \\(process \\d+ on \\S+, since \\S+\\)\\."
                        + " Wait until that run ends\\.\n");
        assertThat(home.resolve("runs/friday")).doesNotExist();
        // A registry can be changed by hand during a retraining. Its lock is stale after the run is killed.
        assertThat(Console.run(of("rollback")).code()).isZero();
        assertThat(Console.run(of("rollback", "--to", "2")).code()).isZero();
        first.kill();
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");

        Console other = retrain("thursday", pictures);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .isEqualTo(RetrainFailures.otherSetting("train.epochs", "4", "100000", "thursday") + "\n");
    }

    private void aNewClassReplacesTheLastLayer() throws IOException {
        Path pictures = deliveries.deliver(folder.resolve("saturday"), 10, 100, 0);

        Console console = retrain("saturday", pictures);

        assertThat(console.code()).as(console.err() + console.out()).isZero();
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.path("startedFrom").asText()).isEqualTo("2");
        assertThat(report.path("classes")).hasSize(10);
        List<String> labels = Files.readAllLines(home.resolve("3/labels.txt"));
        assertThat(labels).hasSize(10).containsAll(Files.readAllLines(home.resolve("2/labels.txt")));
        for (JsonNode change : report.path("classes")) {
            if (change.path("label").asText().equals(labels.get(9))) {
                assertThat(change.path("currentCorrect").asInt()).isZero();
            }
        }
        requirePageOf("saturday", report);
        assertThat(home.resolve("runs/saturday/report.html"))
                .content()
                .contains("Only the new model knows: " + labels.get(9) + ".");
        // Of four older runs three are kept. The shards of the fourth are deleted too.
        assertThat(names(home.resolve("runs"))).containsExactly("saturday", "thursday", "tuesday", "wednesday");
        assertThat(folder.resolve("shards")).isDirectory();
        assertThat(names(folder.resolve("shards"))).hasSize(3).allMatch(name -> name.matches("[0-9a-f]{16}"));
    }

    private void anotherNetworkIsRefusedBeforeAnythingStarts() {
        Console console = retrain("sunday", folder.resolve("saturday"), "--set", "model.depth=14");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .matches("Version 3 of " + home
                        + " is a CIFAR ResNet-8 \\(A\\), whose layers do not fit a CIFAR ResNet-14"
                        + " \\(A\\) \\(\\d+ layers differ, e\\.g\\. \\S+\\)\\. Set retrain\\.start = scratch for the first run with"
                        + " another network\\.\n");
        assertThat(home.resolve("runs/sunday")).doesNotExist();
    }

    private void aRunThatWasKilledAfterItsPromotionRespectsARollback() throws IOException {
        leaveAsKilledAfterThePromotion("saturday", "3");

        Console console = retrain("saturday", folder.resolve("saturday"));

        assertThat(console.code()).as(console.err() + console.out()).isEqualTo(3);
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.path("promoted").asBoolean()).isFalse();
        assertThat(report.path("version").isNull()).isTrue();
        assertThat(report.path("reason").asText()).endsWith(" " + PromotionNotices.replacedSince("3"));
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
    }

    private void anOperatorRollsBack() throws IOException {
        Console back = Console.run(of("rollback"));

        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).isEqualTo(CommandNotices.rolledBack(home.toString(), "2", "3") + "\n");
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
        Console list = Console.run(of("list", "--json"));
        JsonNode versions = JSON.readTree(list.out()).path("versions");
        assertThat(versions).hasSize(3);
        assertThat(versions.get(0).path("state").asText()).isEqualTo("kept");
        assertThat(versions.get(1).path("state").asText()).isEqualTo("current");
        assertThat(versions.get(2).path("state").asText()).isEqualTo("previous");
        assertThat(versions.get(0).path("examples").asInt()).isEqualTo(500);
        assertThat(Console.run(of("prune", "--keep", "1")).code()).isEqualTo(3);
    }

    private void anOperatorPromotesByHand() throws IOException {
        JsonNode tuesday = JSON.readTree(Files.readString(home.resolve("runs/tuesday/outcome.json")));
        String model = home.resolve("runs/tuesday/model").toString();
        String[] promote = of(
                "promote", "--model", model, "--shards", tuesday.path("shards").asText(), "--json");

        Console worse = Console.run(promote);
        assertThat(worse.code()).as(worse.err()).isEqualTo(3);
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");

        Console forced = Console.run(with(promote, "--set", "promote.margin=-1"));
        assertThat(forced.code()).as(forced.err()).isZero();
        JsonNode report = JSON.readTree(forced.out());
        assertThat(report.path("version").asText()).isEqualTo("4");
        assertThat(report.path("smokeTest").toString())
                .isEqualTo("[\"model.dl4j.zip\",\"model.safetensors\",\"model.onnx\"]");
        assertThat(report.path("candidate").path("errors"))
                .isEqualTo(JSON.readTree(worse.out()).path("candidate").path("errors"));
        assertThat(home.resolve("CURRENT")).hasContent("4\n2\n1\n");

        Path weights = home.resolve("runs/tuesday/model/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        Console damaged = Console.run(promote);
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.err()).contains("model.safetensors does not match its checksum");
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    private Console retrain(String runId, Path pictures, String... more) {
        List<String> command = new ArrayList<>(List.of("retrain"));
        command.addAll(arguments(runId, pictures));
        command.addAll(List.of(more));
        return Console.run(command.toArray(String[]::new));
    }

    private List<String> arguments(String runId, Path pictures) {
        List<String> arguments = new ArrayList<>(List.of("--run-id", runId, "--json"));
        Stream.of(
                        "registry.dir=" + folder.resolve("models"),
                        "registry.name=things",
                        "prepare.source=" + pictures,
                        "prepare.row-group=32",
                        "data.shards=" + folder.resolve("shards"),
                        "model.depth=8",
                        "train.epochs=4",
                        "train.validate-every=4",
                        "cluster.workers=1",
                        "train.batch-size-per-replica=32",
                        "averaging.every=8",
                        "optimizer.learning-rate=0.1",
                        "optimizer.learning-rate-batch=64",
                        "optimizer.schedule=cosine",
                        "optimizer.warmup-epochs=1",
                        "prune.keep=4")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }

    private String[] of(String command, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(command, "--registry", folder.resolve("models").toString(), "--name", "things"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private List<String> versions() throws IOException {
        return names(home).stream().filter(name -> name.matches("\\d+")).toList();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
