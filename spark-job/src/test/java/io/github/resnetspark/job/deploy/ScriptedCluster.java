package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.metrics.MetricsLines;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The cluster of deploy/bin/local-cluster, used like by a person. Its ports are fixed, so there is one at a time. */
final class ScriptedCluster {
    static final String HDFS = "hdfs://127.0.0.1:9820";
    private static final Path SCRIPT = ShippedSparkSettingsTest.ROOT.resolve("deploy/bin/local-cluster");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path home;
    private final Path scratch;

    /**
     * A cluster that may not run yet.
     *
     * @param home folder of its files
     * @param scratch folder for the output of commands
     */
    ScriptedCluster(Path home, Path scratch) {
        this.home = home;
        this.scratch = scratch;
    }

    /** A command that has been started, and the file with its output. */
    record Running(Process process, Path said) {}

    /** How a command ended. */
    record Result(int exitCode, String said) {}

    Path home() {
        return home;
    }

    /** Runs a command of the script. Its output is printed too, for the message if an assertion fails. */
    Result run(String... arguments) throws Exception {
        return await(start(arguments), arguments);
    }

    /** Waits for the end of a command. */
    Result await(Running running, String... arguments) throws Exception {
        long begin = System.nanoTime();
        assertThat(running.process().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(running.said()))
                .isTrue();
        String said = Files.readString(running.said());
        System.out.printf(
                "%s%n%s(%d s)%n",
                String.join(" ", arguments), said, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        return new Result(running.process().exitValue(), said);
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(scratch, "said", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("RESNET_SPARK_CLUSTER", home.toString());
        return new Running(builder.start(), said);
    }

    /** Draws pictures of ten classes, and prepares them on an HDFS, with these options of spark-submit. */
    void prepare(int picturesOfClass, String hdfs, String... options) throws Exception {
        new PictureSet(picturesOfClass, 20, 1).write(scratch.resolve("pictures"));
        Result prepared = run(Stream.of(
                        Stream.of("submit"),
                        Stream.of(options),
                        Stream.of("prepare"),
                        preparation(scratch, hdfs).flatMap(setting -> Stream.of("--set", setting)))
                .flatMap(words -> words)
                .toArray(String[]::new));
        assertThat(prepared.exitCode()).as(prepared.said()).isZero();
    }

    /** The settings that prepare the pictures of a folder at a place. */
    static Stream<String> preparation(Path scratch, String place) {
        return Stream.of(
                "prepare.source=" + scratch.resolve("pictures").toUri(),
                "data.shards=" + place + "/shards",
                "prepare.row-group=64",
                "prepare.shard-size=100 KiB");
    }

    /** Waits until a model's metrics have this number of lines. */
    static void awaitLines(String model, Running driver, int count) throws Exception {
        Instant deadline = Instant.now().plus(LONGEST);
        while (lines(model).size() < count) {
            assertThat(driver.process().isAlive())
                    .as(Files.readString(driver.said()))
                    .isTrue();
            assertThat(Instant.now()).as(Files.readString(driver.said())).isBefore(deadline);
            Thread.sleep(100);
        }
    }

    /** The lines of a model's metrics, without events. */
    static List<String> lines(String model) throws IOException {
        org.apache.hadoop.fs.Path metrics = path("/models/" + model + ".run/metrics.jsonl");
        return files().exists(metrics)
                ? MetricsLines.figures(text(metrics).lines().toList())
                : List.of();
    }

    static String text(org.apache.hadoop.fs.Path file) throws IOException {
        try (InputStream in = files().open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The parameters of a model. */
    static byte[] coefficients(String model) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(files().open(path("/models/" + model + "/model.dl4j.zip")))) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().equals("coefficients.bin")) {
                entry = zip.getNextEntry();
            }
            return zip.readAllBytes();
        }
    }

    static FileSystem files() throws IOException {
        return path("/").getFileSystem(new Configuration());
    }

    static org.apache.hadoop.fs.Path path(String path) {
        return new org.apache.hadoop.fs.Path(HDFS + path);
    }
}
