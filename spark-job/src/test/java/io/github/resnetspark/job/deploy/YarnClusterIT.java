package io.github.resnetspark.job.deploy;

import static io.github.resnetspark.job.deploy.ScriptedCluster.HDFS;
import static io.github.resnetspark.job.deploy.ScriptedCluster.awaitLines;
import static io.github.resnetspark.job.deploy.ScriptedCluster.coefficients;
import static io.github.resnetspark.job.deploy.ScriptedCluster.files;
import static io.github.resnetspark.job.deploy.ScriptedCluster.path;
import static io.github.resnetspark.job.deploy.ScriptedCluster.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.ThisBuild;
import io.github.resnetspark.job.deploy.ScriptedCluster.Result;
import io.github.resnetspark.job.deploy.ScriptedCluster.Running;
import io.github.resnetspark.message.job.CommandFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains through deploy/yarn/submit on YARN of deploy/bin/local-cluster, while parts of it are killed. The result is always that of
 * an undisturbed run. Takes minutes and fixed ports, so it only runs with {@code mvn -Plocal-cluster verify}.
 */
@Tag("local-cluster")
@EnabledIf(
        value = "io.github.resnetspark.job.ThisBuild#isForSpark3",
        disabledReason = "The part of Spark 4.1 for YARN is not on Maven Central.")
class YarnClusterIT {
    private static final int PICTURES = 600;
    private static final int EPOCHS = 2;
    /** Of Spark, which writes dates before the time. */
    private static final Pattern SPARKS_INFO = Pattern.compile("(?m)^\\d\\d/\\d\\d/\\d\\d [0-9:]+ INFO ");

    private static final Pattern APPLICATION = Pattern.compile("application_\\d+_\\d+");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static ScriptedCluster cluster;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        cluster = new ScriptedCluster(ThisBuild.FOLDER.resolve("yarn-cluster"), folder);
        cluster.run("down", "--delete");
        Result up = cluster.run("up", "--yarn");
        assertThat(up.exitCode()).as(up.said()).isZero();
        assertThat(up.said()).containsPattern("resource-manager  running").containsPattern("node-manager  running");
        cluster.prepare(PICTURES / 10, HDFS);
        Result undisturbed = cluster.run(train("undisturbed"));
        assertThat(undisturbed.exitCode()).as(undisturbed.said()).isZero();
        // The console shows what people need.
        assertThat(undisturbed.said())
                .contains(" INFO  epoch 1/" + EPOCHS)
                .contains("model:   " + HDFS + "/models/undisturbed")
                .doesNotContainPattern(SPARKS_INFO);
    }

    @AfterAll
    static void down() throws Exception {
        // The logs of the daemons and containers are kept until the next run.
        assertThat(cluster.run("down").exitCode()).isZero();
        assertThat(containers("")).isEmpty();
    }

    @Test
    void aKilledExecutorDoesNotChangeTheResult() throws Exception {
        Running driver = cluster.start(train("lost-executor"));
        awaitLines("lost-executor", driver, 4);

        assertThat(cluster.run("kill-executor").said()).contains("Killed executor process ");

        Result trained = cluster.await(driver);
        assertThat(trained.exitCode()).as(trained.said()).isZero();
        assertThat(trained.said()).contains("WARN ").doesNotContainPattern(SPARKS_INFO);
        assertSameAsUndisturbed("lost-executor");
    }

    @Test
    void aKilledDriverInTheClusterContinuesWithTheSameCommand() throws Exception {
        Files.writeString(folder.resolve("base.conf"), "model.depth = 8\n");
        Path recipe = Files.writeString(folder.resolve("mine.conf"), "include \"base.conf\"\n");
        String[] command = Stream.concat(
                        Stream.of("submit", "--cluster", "train", "--conf", recipe.toString()),
                        settings("lost-driver")
                                .filter(setting -> !setting.startsWith("model.depth"))
                                .flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
        command = Stream.concat(Stream.of(command), Stream.of("--result", HDFS + "/lost-driver.json"))
                .toArray(String[]::new);
        Running first = cluster.start(command);
        // A checkpoint is written after every third round.
        awaitLines("lost-driver", first, 5);

        for (String driver : containers("ApplicationMaster")) {
            ProcessHandle.of(Long.parseLong(driver)).orElseThrow().destroyForcibly();
        }

        assertThat(cluster.await(first).exitCode()).isEqualTo(1);
        assertThat(files().exists(path("/models/lost-driver"))).isFalse();
        Result again = cluster.run(command);
        assertThat(again.exitCode()).as(again.said()).isZero();
        assertSameAsUndisturbed("lost-driver");
        JsonNode result = new ObjectMapper().readTree(text(path("/lost-driver.json")));
        assertThat(result.get("status").asText()).isEqualTo("done");
        assertThat(result.get("report").get("model").asText()).isEqualTo(HDFS + "/models/lost-driver");
        String log = driversLog(again);
        assertThat(log).contains("Resuming after ").contains(" INFO  epoch 2/");
        assertThat(log.substring(log.indexOf("Resuming after "))).doesNotContainPattern(SPARKS_INFO);
    }

    @Test
    void aKilledApplicationContinuesWithTheSameCommand() throws Exception {
        Running first = cluster.start(train("killed"));
        awaitLines("killed", first, 5);
        String application =
                application(cluster.run("yarn", "application", "-list")).orElseThrow();

        assertThat(cluster.run("yarn", "application", "-kill", application).exitCode())
                .isZero();

        Result ended = cluster.await(first);
        assertThat(ended.exitCode()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said()).contains(CommandFailures.sparkEnded());
        Result again = cluster.run(train("killed"));
        assertThat(again.exitCode()).as(again.said()).isZero();
        assertThat(again.said()).contains("Resuming after ");
        assertSameAsUndisturbed("killed");
    }

    /** Garbage is not collected before the heap is larger than the container, which takes some epochs. */
    @Test
    void containersThatExceedTheirMemoryAreExplained() throws Exception {
        String[] command = train(
                "greedy",
                "--conf",
                "spark.executor.memory=450m",
                "--conf",
                "spark.executor.memoryOverhead=350m",
                "--conf",
                "spark.executor.defaultJavaOptions=-XX:+UseSerialGC -XX:MaxHeapSize=3g -XX:NewSize=2g");
        Running greedy = cluster.start(Stream.of(command)
                .map(word -> word.equals("train.epochs=" + EPOCHS) ? "train.epochs=1000" : word)
                .toArray(String[]::new));
        String killed = "Container killed by YARN for exceeding physical memory limits.";
        Instant deadline = Instant.now().plus(LONGEST.multipliedBy(3));
        while (!Files.readString(greedy.said()).contains(killed)) {
            assertThat(Instant.now()).as(Files.readString(greedy.said())).isBefore(deadline);
            Thread.sleep(200);
        }

        // New executors take over, so the run goes on until somebody ends it.
        String application =
                application(cluster.run("yarn", "application", "-list")).orElseThrow();
        cluster.run("yarn", "application", "-kill", application);

        Result ended = cluster.await(greedy);
        assertThat(ended.exitCode()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said())
                .contains(
                        "Spark ended before the command did, after it had lost executors. An executor used more memory than"
                                + " its container has")
                .contains("Raise spark.executor.memoryOverhead")
                .doesNotContainPattern(SPARKS_INFO);
    }

    @Test
    void executorsMayComeAndGoWithTheShuffleService() throws Exception {
        Result trained = cluster.run(train(
                "dynamic",
                "--conf",
                "spark.dynamicAllocation.enabled=true",
                "--conf",
                "spark.shuffle.service.enabled=true",
                "--conf",
                "spark.dynamicAllocation.minExecutors=2",
                "--conf",
                "spark.dynamicAllocation.maxExecutors=2"));

        assertThat(trained.exitCode()).as(trained.said()).isZero();
        assertSameAsUndisturbed("dynamic");
        try (Stream<Path> logs = Files.walk(cluster.home().resolve("logs/containers"))) {
            assertThat(logs.filter(file -> file.endsWith("stderr")))
                    .anySatisfy(file -> assertThat(file).content().contains("with local external shuffle service"));
        }
    }

    private static void assertSameAsUndisturbed(String model) throws IOException {
        assertThat(coefficients(model)).isEqualTo(coefficients("undisturbed"));
    }

    /** 10 rounds of 2 workers × 2 minibatches × 16 pictures per epoch, and a checkpoint after every third round. */
    private static Stream<String> settings(String model) {
        return Stream.of(
                "data.shards=" + HDFS + "/shards",
                "model.dir=" + HDFS + "/models/" + model,
                "model.depth=8",
                "train.epochs=" + EPOCHS,
                "train.batch-size-per-replica=16",
                "averaging.every=2",
                "optimizer.warmup-epochs=1",
                "checkpoint.every-rounds=3");
    }

    private static String[] train(String model, String... sparkOptions) {
        return Stream.of(
                        Stream.of("submit"),
                        Stream.of(sparkOptions),
                        Stream.of("train"),
                        settings(model).flatMap(setting -> Stream.of("--set", setting)))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    private static Optional<String> application(Result said) {
        return APPLICATION
                .matcher(said.said())
                .results()
                .map(found -> found.group())
                .findFirst();
    }

    /** What the driver in the cluster has logged. */
    private static String driversLog(Result submitted) throws IOException {
        String application = application(submitted).orElseThrow();
        return Files.readString(cluster.home()
                .resolve("logs/containers")
                .resolve(application)
                .resolve(application.replace("application", "container") + "_01_000001")
                .resolve("stderr"));
    }

    /** The JVMs in containers of this cluster whose command line has this word. If it is empty, they are given time to end. */
    private static List<String> containers(String word) throws Exception {
        // Java itself cuts long command lines. The shell that starts a container has the same words in its own.
        String line = "^[^ ]*java .*" + cluster.home().resolve("logs/containers") + ".*" + word;
        Instant deadline = Instant.now().plus(word.isEmpty() ? LONGEST : Duration.ZERO);
        List<String> found;
        do {
            Process list = new ProcessBuilder("pgrep", "-f", line).start();
            found = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } while (!found.isEmpty() && Instant.now().isBefore(deadline));
        return found;
    }
}
