package io.github.resnetspark.job.deploy;

import static io.github.resnetspark.job.deploy.ScriptedCluster.HDFS;
import static io.github.resnetspark.job.deploy.ScriptedCluster.awaitLines;
import static io.github.resnetspark.job.deploy.ScriptedCluster.coefficients;
import static io.github.resnetspark.job.deploy.ScriptedCluster.files;
import static io.github.resnetspark.job.deploy.ScriptedCluster.lines;
import static io.github.resnetspark.job.deploy.ScriptedCluster.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.ThisBuild;
import io.github.resnetspark.job.deploy.ScriptedCluster.Result;
import io.github.resnetspark.job.deploy.ScriptedCluster.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final int PICTURES = 1200;
    private static final int EPOCHS = 3;
    private static final int ROUNDS = 19;

    @TempDir
    Path folder;

    private ScriptedCluster cluster;

    @BeforeEach
    void deleteTheClusterOfTheRunBefore() throws Exception {
        cluster = new ScriptedCluster(ThisBuild.FOLDER.resolve("local-cluster"), folder);
        cluster("down", "--delete");
    }

    @AfterEach
    void down() throws Exception {
        // The logs of the daemons and executors are kept until the next run.
        assertThat(cluster("down").exitCode()).isZero();
    }

    @Test
    void lostWorkIsRepeatedAndDoesNotChangeTheResult() throws Exception {
        assertThat(cluster("up", "--workers", "2").exitCode()).isZero();
        cluster.prepare(PICTURES / 10, HDFS);
        assertThat(cluster(train("undisturbed")).exitCode()).isZero();
        assertEveryPictureIsCountedOncePerEpoch("undisturbed");

        Running driver = cluster.start(train("disturbed"));
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

    @Test
    void nodesOnANetworkOfItsOwnSendAtItsRate() throws Exception {
        assumeTrue(canMakeNetworks(), "Only root, with ip and tc, can make a network.");
        String hdfs = "hdfs://10.77.0.1:9820";
        Set<String> before = namespaces();

        Result up = cluster("up", "--workers", "1", "--cores", "2", "--network", "500mbit");

        assertThat(up.exitCode()).as(up.said()).isZero();
        assertThat(up.said())
                .contains("name-node   running")
                .containsPattern("worker-1    running, process \\d+, 10\\.77\\.1\\.1\n")
                .contains("HDFS        hdfs://10.77.0.1:9820 ")
                .contains("network     500mbit ");
        assertThat(cluster("up").said()).contains("is running with other options. Stop it first");
        assertThat(cluster("add-worker").said()).contains("worker-2 is running");
        String prefix = up.said().replaceAll("(?s).*/run/netns/(resnet-spark-[0-9a-f]+-)head .*", "$1");
        assertThat(bitsPerSecond(prefix + "worker-1", prefix + "worker-2", "10.77.1.2"))
                .isBetween(0.85 * 500e6, 500e6);
        assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
                .noneMatch(address -> address.getHostAddress().startsWith("10.77."));

        cluster.prepare(2, hdfs);
        assertThat(cluster("restart-datanode").said()).contains("The DataNode is running again");
        Result ready = cluster(
                "submit",
                "--conf",
                "spark.task.cpus=2",
                "train",
                "--dry-run",
                "--set",
                "data.shards=" + hdfs + "/shards",
                "--set",
                "model.dir=" + hdfs + "/model",
                "--set",
                "model.depth=8",
                "--set",
                "train.batch-size-per-replica=4");
        assertThat(ready.said()).contains("1 slot × 2 cores").contains("is ready to be trained");
        assertThat(cluster("fs", "-ls", "/").said()).contains("/shards");

        assertThat(cluster("down").exitCode()).isZero();
        assertThat(namespaces()).isEqualTo(before);
    }

    private static boolean canMakeNetworks() throws Exception {
        return new ProcessBuilder("bash", "-c", "[ $(id -u) = 0 ] && command -v ip && command -v tc")
                        .start()
                        .waitFor()
                == 0;
    }

    private static Set<String> namespaces() throws IOException {
        Process list = new ProcessBuilder("ip", "netns", "list").start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll(" .*", ""))
                .collect(Collectors.toSet());
    }

    private static double bitsPerSecond(String sender, String receiver, String address) throws Exception {
        Process receiving = transfer(receiver, "receive", address, "5001");
        try (BufferedReader printed = receiving.inputReader()) {
            assertThat(printed.readLine()).isEqualTo("ready");
            assertThat(transfer(sender, "send", address, "5001", "100").waitFor())
                    .isZero();
            return Double.parseDouble(printed.readLine());
        } finally {
            receiving.destroyForcibly();
        }
    }

    private static Process transfer(String namespace, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "nsenter",
                "--net=/run/netns/" + namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(Transfer.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Transfer.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
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
                                        "train.batch-size-per-replica=16",
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

    private Result cluster(String... arguments) throws Exception {
        return cluster.run(arguments);
    }
}
