package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.job.ExchangeNotices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training with one executor more than workers, of which one is killed. Spark's event log shows where tasks ran. */
class WarmSparesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WARM_UP = "warm-up of spare slots";

    @TempDir
    Path folder;

    @Test
    void aWarmSpareTakesOverTheWorkOfALostExecutorWithTheSameResult() throws Exception {
        Path shards = shards();
        TrainProcess smooth =
                TrainProcess.start(folder.resolve("smooth.log"), arguments(shards, folder.resolve("smooth")));
        Path events = Files.createDirectory(folder.resolve("events"));
        TrainProcess process = TrainProcess.startOnCluster(
                folder.resolve("disturbed.log"),
                folder.resolve("spark"),
                "local-cluster[3,1,1024]",
                List.of(
                        "-Dspark.eventLog.enabled=true",
                        "-Dspark.eventLog.dir=" + events.toUri(),
                        "-Dspark.eventLog.rolling.enabled=false",
                        "-Dspark.eventLog.compress=false"),
                Map.of(),
                arguments(shards, folder.resolve("disturbed")));

        process.await(() -> isWarm(process) && !warmed(events).isEmpty());
        List<String> tried = warmed(events);
        String spare = tried.get(tried.size() - 1);
        String lost = kill(process, spare);

        assertThat(process.exitCode()).as(process.said()).isZero();
        assertThat(smooth.exitCode()).as(smooth.said()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("disturbed").resolve("model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("smooth").resolve("model.safetensors")));
        List<JsonNode> all = events(events);
        assertThat(executorsOfWorkers(all, lossOf(lost, all)))
                .as("after the loss")
                .contains(spare);
    }

    private static boolean isWarm(TrainProcess process) throws IOException {
        return process.said().contains(ExchangeNotices.sparesWarm(1));
    }

    /** Kills one of the executors that train, and returns its id. */
    private static String kill(TrainProcess process, String spare) throws IOException {
        for (ProcessHandle executor : process.executors().toList()) {
            String command = Files.readString(Path.of("/proc/" + executor.pid() + "/cmdline"), StandardCharsets.UTF_8);
            List<String> words = Arrays.asList(command.split("\0", -1));
            String id = words.get(words.indexOf("--executor-id") + 1);
            if (!id.equals(spare)) {
                executor.destroyForcibly();
                return id;
            }
        }
        throw new AssertionError("there is no executor but the spare");
    }

    /** The executors of all tasks that have warmed a slot, in order. */
    private static List<String> warmed(Path events) throws IOException {
        List<JsonNode> all = events(events);
        Set<Integer> stages = stagesOfWarmUps(all);
        return all.stream()
                .filter(event -> is(event, "TaskStart")
                        && stages.contains(event.path("Stage ID").asInt()))
                .map(event -> event.path("Task Info").path("Executor ID").asText())
                .toList();
    }

    /** The executors of all tasks of rounds after the event of a loss. */
    private static Set<String> executorsOfWorkers(List<JsonNode> all, int loss) {
        Set<Integer> warmUps = stagesOfWarmUps(all);
        return all.subList(loss + 1, all.size()).stream()
                .filter(event -> is(event, "TaskStart")
                        && !warmUps.contains(event.path("Stage ID").asInt()))
                .map(event -> event.path("Task Info").path("Executor ID").asText())
                .collect(Collectors.toSet());
    }

    private static int lossOf(String executor, List<JsonNode> all) {
        for (int i = 0; i < all.size(); i++) {
            if (is(all.get(i), "ExecutorRemoved")
                    && all.get(i).path("Executor ID").asText().equals(executor)) {
                return i;
            }
        }
        throw new AssertionError("executor " + executor + " was not lost");
    }

    private static Set<Integer> stagesOfWarmUps(List<JsonNode> all) {
        Set<Integer> stages = new HashSet<>();
        all.stream()
                .filter(event -> is(event, "JobStart")
                        && event.path("Properties")
                                .path("spark.job.description")
                                .asText()
                                .equals(WARM_UP))
                .forEach(job -> job.path("Stage IDs").forEach(stage -> stages.add(stage.asInt())));
        return stages;
    }

    private static boolean is(JsonNode event, String kind) {
        return event.path("Event").asText().equals("SparkListener" + kind);
    }

    private static List<JsonNode> events(Path folder) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                for (String line : Files.readString(file).lines().toList()) {
                    // The last line may not be complete yet.
                    if (line.endsWith("}") && line.contains("\"SparkListener")) {
                        events.add(JSON.readTree(line));
                    }
                }
            }
        }
        return events;
    }

    private Path shards() throws IOException {
        Path pictures = folder.resolve("pictures");
        new PictureSet(24, 4, 1).write(pictures);
        Path shards = folder.resolve("shards");
        Console console =
                Console.run("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + shards);
        assertThat(console.code()).as(console.err()).isZero();
        return shards;
    }

    /** The momentum is not transferred, so a replica must not keep any from its warm-up. */
    private static List<String> arguments(Path shards, Path model) {
        return Stream.of(
                        "data.shards=" + shards,
                        "model.dir=" + model,
                        "model.depth=8",
                        "train.epochs=12",
                        "train.batch-size-per-replica=8",
                        "averaging.every=1",
                        "averaging.momentum=reset",
                        "cluster.workers=2")
                .flatMap(setting -> Stream.of("--set", setting))
                .toList();
    }
}
