package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.metrics.MetricsLines;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors are killed at random moments, one after another. To kill more of them, or to use your own pictures:
 *
 * <pre>
 * mvn -B -pl spark-job -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=LostExecutorsIT -Dfailsafe.failIfNoSpecifiedTests=false -Dlost.kills=10 \
 *     -Dlost.settings=plain,outer-momentum,reset -Dlost.retries=by-spark,by-driver -Dlost.seed=1 \
 *     -Dlost.pictures=/data/cifar-10-batches-bin -Dlost.epochs=5
 * </pre>
 */
class LostExecutorsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = Integer.getInteger("lost.kills", 3);
    private static final int BATCH = Integer.getInteger("lost.batch", 8);
    private static final long SEED = Long.getLong("lost.seed", 1);
    private static final String SETTINGS = System.getProperty("lost.settings", "outer-momentum,replicas");
    private static final String RETRIES = System.getProperty("lost.retries", "by-driver");
    private static final int EPOCHS = Integer.getInteger("lost.epochs", 3);

    private static final Map<String, List<String>> OF_SETTINGS = Map.of(
            "plain", List.of(),
            "outer-momentum", List.of("averaging.outer-momentum=0.5"),
            "replicas", List.of("cluster.replicas=2", "averaging.within=1", "averaging.every=2"),
            "reset", List.of("averaging.momentum=reset"));

    /**
     * Either Spark retries tasks and stages itself, as by default, or each loss ends its job, and the driver repeats
     * it.
     */
    private static final Map<String, List<String>> OF_RETRIES = Map.of(
            "by-spark", List.of(),
            "by-driver", List.of("-Dspark.task.maxFailures=1", "-Dspark.stage.maxConsecutiveAttempts=1"));

    @TempDir
    Path folder;

    @Test
    void executorsKilledAtRandomDoNotChangeTheResult() throws Exception {
        Path shards = shards();
        for (String settings : SETTINGS.split(",", -1)) {
            Path undisturbed = folder.resolve(settings);
            TrainProcess smooth =
                    TrainProcess.start(folder.resolve(settings + ".log"), arguments(shards, undisturbed, settings));
            assertThat(smooth.exitCode()).as(smooth.said()).isZero();
            for (String retries : RETRIES.split(",", -1)) {
                String name = settings + "-" + retries;
                Path model = folder.resolve(name);

                int rounds = MetricsLines.figures(Files.readAllLines(metrics(settings)))
                        .size();
                killExecutors(name, OF_RETRIES.get(retries), rounds, arguments(shards, model, settings));

                assertThat(coefficients(model)).as(name).isEqualTo(coefficients(undisturbed));
                assertThat(lines(name)).as(name).isEqualTo(lines(settings));
                assertThat(Files.readAllLines(metrics(name)).stream()
                                .filter(line -> line.contains("\"what\":\"executor-lost\"")))
                        .as(name)
                        .hasSizeGreaterThanOrEqualTo(KILLS);
            }
        }
    }

    /** Most kills are spread over the rounds. Some follow directly after the previous one, during the recovery. */
    private void killExecutors(String name, List<String> options, int rounds, List<String> arguments) throws Exception {
        Random random = new Random(SEED);
        Path metrics = metrics(name);
        TrainProcess process = TrainProcess.startOnCluster(
                        folder.resolve(name + ".log"),
                        folder.resolve("spark-" + name),
                        // One slot per executor.
                        name.startsWith("replicas") ? "local-cluster[2,2,1024]" : "local-cluster[2,1,1024]",
                        options,
                        Map.of(),
                        arguments)
                .awaitLines(metrics, 1);
        int before = 0;
        // Spark does not notice the loss of an executor that was killed before it registered.
        for (int lost = 0; lost < KILLS; lost = lost(process)) {
            if (lost == 0 || random.nextInt(3) > 0) {
                int planned = 1 + (int) (0.8 * rounds * (lost + random.nextDouble()) / KILLS);
                process.awaitLines(metrics, Math.min(rounds - 1, Math.max(planned, before + 1)));
            }
            Thread.sleep(random.nextInt(600));
            before = MetricsLines.figures(Files.readAllLines(metrics)).size();
            process.killTheOldestExecutor();
        }
        assertThat(process.exitCode()).as(process.said()).isZero();
        System.out.println(name + ", " + KILLS + " executors killed:\n"
                + process.said()
                        .lines()
                        .filter(line -> line.contains("epeat") || line.contains("Lost executor"))
                        .toList());
    }

    private static int lost(TrainProcess process) throws IOException {
        return Math.toIntExact(process.said()
                .lines()
                .filter(line -> line.contains("ERROR Lost executor"))
                .count());
    }

    private Path shards() throws IOException {
        String given = System.getProperty("lost.pictures");
        Path pictures = given == null ? folder.resolve("pictures") : Path.of(given);
        if (given == null) {
            new PictureSet(24, 4, 1).write(pictures);
        }
        Path shards = folder.resolve("shards");
        Console console =
                Console.run("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + shards);
        assertThat(console.code()).as(console.err()).isZero();
        return shards;
    }

    private Path metrics(String name) {
        return folder.resolve(name + ".run").resolve("metrics.jsonl");
    }

    /** All rounds and validations, once each, with their pictures and the exact loss. */
    private List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : MetricsLines.figures(Files.readAllLines(metrics(name)))) {
            JsonNode json = JSON.readTree(line);
            lines.add(Stream.of("type", "epoch", "round", "position", "examples", "loss")
                    .map(json::path)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" ")));
        }
        return lines;
    }

    private static List<String> arguments(Path shards, Path model, String settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.shards=" + shards,
                "model.dir=" + model,
                "model.depth=8",
                "train.epochs=" + EPOCHS,
                "train.batch-size-per-replica=" + BATCH,
                "averaging.every=1",
                "optimizer.warmup-epochs=1"));
        all.addAll(OF_SETTINGS.get(settings));
        return all.stream().flatMap(setting -> Stream.of("--set", setting)).toList();
    }

    private static byte[] coefficients(Path model) throws IOException {
        try (ZipFile zip = new ZipFile(model.resolve("model.dl4j.zip").toFile());
                InputStream in = zip.getInputStream(zip.getEntry("coefficients.bin"))) {
            return in.readAllBytes();
        }
    }
}
