package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prepares, trains and evaluates through spark-submit on the cluster of deploy/bin/local-cluster, including its HDFS, while parts of
 * it are killed. Takes minutes and fixed ports, so it only runs with {@code mvn -Plocal-cluster verify}.
 */
@Tag("local-cluster")
class LocalClusterIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT = ShippedSparkSettingsTest.ROOT.resolve("deploy/bin/local-cluster");
    private static final String HDFS = "hdfs://127.0.0.1:9820";
    private static final Path HOME = Path.of("target", "local-cluster").toAbsolutePath();
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int PICTURES = 1200;
    private static final int EPOCHS = 3;
    private static final int ROUNDS = 19;

    @TempDir
    Path folder;

    @BeforeEach
    void up() throws Exception {
        cluster("down", "--delete");
        assertThat(cluster("up", "--workers", "2").exitCode()).isZero();
    }

    @AfterEach
    void down() throws Exception {
        // The logs of the daemons and executors are kept until the next run.
        assertThat(cluster("down").exitCode()).isZero();
    }

    @Test
    void lostWorkIsRepeatedAndDoesNotChangeTheResult() throws Exception {
        new PictureSet(PICTURES / 10, 20, 1).write(folder.resolve("pictures"));
        assertThat(cluster(
                                "submit",
                                "prepare",
                                "--set",
                                "prepare.source=" + folder.resolve("pictures").toUri(),
                                "--set",
                                "data.shards=" + HDFS + "/shards",
                                "--set",
                                "prepare.row-group=64",
                                "--set",
                                "prepare.shard-size=100 KiB")
                        .exitCode())
                .isZero();
        assertThat(cluster(train("undisturbed")).exitCode()).isZero();
        assertEveryPictureIsCountedOncePerEpoch("undisturbed");

        Running driver = start(train("disturbed"));
        awaitLines("disturbed", driver, 5);
        assertThat(cluster("kill-executor").said()).contains("Killed executor process ");
        awaitLines("disturbed", driver, ROUNDS);
        assertThat(cluster("restart-datanode").said()).contains("The DataNode is running again");
        // With only one DataNode, no file can be written while it is down, so a checkpoint at that moment ends the run.
        driver.process().waitFor(5, TimeUnit.SECONDS);
        driver.process().destroyForcibly().waitFor();
        assertThat(files().exists(path("/models/disturbed"))).isFalse();
        assertThat(cluster("add-worker").said()).contains("worker-3 is running");
        Result again = cluster(train("disturbed"));

        assertThat(again.exitCode()).as(again.said()).isZero();
        assertThat(again.said()).contains("Resuming after ").contains("executor ");
        assertThat(coefficients("disturbed")).isEqualTo(coefficients("undisturbed"));
        assertEveryPictureIsCountedOncePerEpoch("disturbed");
        assertThat(evaluation("disturbed")).isEqualTo(evaluation("undisturbed"));
    }

    private void assertEveryPictureIsCountedOncePerEpoch(String model) throws IOException {
        Map<Integer, Integer> pictures = new TreeMap<>();
        Map<Integer, Integer> expected = new TreeMap<>();
        for (String line : lines(model)) {
            JsonNode json = JSON.readTree(line);
            if (json.get("type").asText().equals("round")) {
                pictures.merge(json.get("epoch").asInt(), json.get("examples").asInt(), Integer::sum);
            }
        }
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            expected.put(epoch, PICTURES);
        }
        assertThat(pictures).isEqualTo(expected);
    }

    /** 19 rounds of 2 workers × 2 minibatches × 16 pictures per epoch, and a checkpoint after every fourth round. */
    private static String[] train(String model) {
        return Stream.concat(
                        Stream.of("submit", "train"),
                        Stream.of(
                                        "data.shards=" + HDFS + "/shards",
                                        "model.dir=" + HDFS + "/models/" + model,
                                        "model.depth=8",
                                        "train.epochs=" + EPOCHS,
                                        "train.batch-size-per-worker=16",
                                        "averaging.every=2",
                                        "optimizer.warmup-epochs=1",
                                        "checkpoint.every-rounds=4")
                                .flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
    }

    private JsonNode evaluation(String model) throws Exception {
        Result result = cluster(
                "submit", "evaluate", "--json", "--model", HDFS + "/models/" + model, "--shards", HDFS + "/shards");
        return JSON.readTree(result.said().substring(result.said().indexOf("{\"examples\"")));
    }

    private static void awaitLines(String model, Running driver, int count) throws Exception {
        Instant deadline = Instant.now().plus(LONGEST);
        while (lines(model).size() < count) {
            assertThat(driver.process().isAlive())
                    .as(Files.readString(driver.said()))
                    .isTrue();
            assertThat(Instant.now()).as(Files.readString(driver.said())).isBefore(deadline);
            Thread.sleep(100);
        }
    }

    private static List<String> lines(String model) throws IOException {
        org.apache.hadoop.fs.Path metrics = path("/models/" + model + ".run/metrics.jsonl");
        if (!files().exists(metrics)) {
            return List.of();
        }
        try (InputStream in = files().open(metrics)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static byte[] coefficients(String model) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(files().open(path("/models/" + model + "/model.dl4j.zip")))) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().equals("coefficients.bin")) {
                entry = zip.getNextEntry();
            }
            return zip.readAllBytes();
        }
    }

    private static FileSystem files() throws IOException {
        return path("/").getFileSystem(new Configuration());
    }

    private static org.apache.hadoop.fs.Path path(String path) {
        return new org.apache.hadoop.fs.Path(HDFS + path);
    }

    private record Running(Process process, Path said) {}

    private record Result(int exitCode, String said) {}

    private Result cluster(String... arguments) throws Exception {
        Running running = start(arguments);
        assertThat(running.process().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(running.said()))
                .isTrue();
        String said = Files.readString(running.said());
        // For the message if an assertion fails.
        System.out.println(String.join(" ", arguments) + "\n" + said);
        return new Result(running.process().exitValue(), said);
    }

    private Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(folder, "said", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("RESNET_SPARK_CLUSTER", HOME.toString());
        return new Running(builder.start(), said);
    }
}
