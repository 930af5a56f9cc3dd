package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two executors gets a quarter of the other's time. */
class SlowWorkerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EPOCHS = 6;
    private static final int H = 10;

    @TempDir
    Path folder;

    @Test
    void aSlowWorkerGetsFewerMinibatchesAndEveryExampleIsUsedOnce() throws Exception {
        Path shards = folder.resolve("shards");
        new PictureSet(90, 4, 1).write(folder.resolve("pictures"));
        Console console = Console.run(
                "prepare", "--set", "prepare.source=" + folder.resolve("pictures"), "--set", "data.shards=" + shards);
        assertThat(console.code()).as(console.err()).isZero();
        Path metrics = folder.resolve("model.run").resolve("metrics.jsonl");
        TrainProcess process = TrainProcess.startOnCluster(
                folder.resolve("log"),
                folder.resolve("spark"),
                Stream.of(
                                "data.shards=" + shards,
                                "model.dir=" + folder.resolve("model"),
                                "model.depth=8",
                                "train.epochs=" + EPOCHS,
                                "train.batch-size-per-replica=8",
                                "averaging.every=" + H,
                                "cluster.workers=2",
                                "cluster.balance=speed")
                        .flatMap(setting -> Stream.of("--set", setting))
                        .toList());

        process.awaitLines(metrics, 1).slowDownAnExecutor();

        assertThat(process.exitCode()).as(process.said()).isZero();
        List<JsonNode> rounds = new ArrayList<>();
        for (String line : Files.readAllLines(metrics)) {
            JsonNode json = JSON.readTree(line);
            if (json.path("type").asText().equals("round")) {
                rounds.add(json);
            }
        }
        assertThat(process.said()).contains("minibatches per round. The mean of all workers is " + H + ".");
        assertThat(rounds.get(0).has("minibatches"))
                .as("before anything was measured")
                .isFalse();
        List<JsonNode> uneven = rounds.stream()
                .filter(round ->
                        round.has("minibatches") && round.path("workers").asInt() == 2)
                .toList();
        assertThat(uneven).as("rounds of different shares in %s", rounds).hasSizeGreaterThan(3);
        JsonNode shares = uneven.get(uneven.size() - 1).path("minibatches");
        assertThat(Math.abs(shares.get(0).asInt() - shares.get(1).asInt()))
                .as("difference between the workers in %s", shares)
                .isGreaterThanOrEqualTo(H / 2);
        assertThat(examples(rounds)).hasSize(EPOCHS).allSatisfy((epoch, sum) -> assertThat(sum)
                .isEqualTo(rounds.get(0).path("epochExamples").asLong()));
    }

    /** Examples of each epoch, of which each round continues where the one before it ended. */
    private static Map<Integer, Long> examples(List<JsonNode> rounds) {
        Map<Integer, Long> examples = new TreeMap<>();
        for (JsonNode round : rounds) {
            long done = examples.merge(
                    round.path("epoch").asInt(), round.path("examples").asLong(), Long::sum);
            assertThat(round.path("position").asLong()).isEqualTo(done);
        }
        return examples;
    }
}
