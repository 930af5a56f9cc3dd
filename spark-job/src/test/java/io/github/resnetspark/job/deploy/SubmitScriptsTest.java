package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.JavaConverters;

/** What the submit scripts hand to spark-submit, as Spark's own parser reads it. */
class SubmitScriptsTest {
    private static final Path ROOT = ShippedSparkSettingsTest.ROOT;

    @TempDir
    Path folder;

    private Path jar;
    private Path recorded;
    private Path properties;

    static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("deploy"))) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(SubmitScriptsTest::isBash)
                    .toList()
                    .stream();
        }
    }

    @BeforeEach
    void putASparkSubmitThatOnlyTakesDownWhatItIsGiven() throws IOException {
        jar = Files.createFile(folder.resolve("resnet-spark.jar"));
        recorded = folder.resolve("arguments");
        properties = folder.resolve("properties");
        Path tool = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
        Files.createFile(tool, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(
                tool,
                """
                #!/bin/bash
                printf '%s\\n' "$@" >'ARGUMENTS'
                while [ "$1" != --properties-file ]; do shift; done
                cp "$2" 'PROPERTIES'
                exit 7
                """
                        .replace("ARGUMENTS", recorded.toString())
                        .replace("PROPERTIES", properties.toString()));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptIsSoundBash(Path script) throws Exception {
        assertThat(run(Map.of(), "bash", "-n", script.toString())).isEqualTo("0\n");
    }

    @Test
    void yarnRunsTheJarWithItsSettings() throws Exception {
        assertThat(submit("deploy/yarn/submit", "train", "--conf", "conf/imagenet-resnet50.conf", "--dry-run"))
                .isEqualTo("7\n");

        SparkSubmitArguments arguments = parsed();
        assertThat(arguments.master()).isEqualTo("yarn");
        assertThat(arguments.deployMode()).isEqualTo("client");
        assertThat(arguments.mainClass()).isEqualTo("io.github.resnetspark.job.cli.ResNetSpark");
        assertThat(arguments.primaryResource()).isEqualTo(jar.toUri().toString().replace("file:///", "file:/"));
        assertThat(arguments.name()).isEqualTo("resnet-spark train");
        assertThat(arguments.numExecutors()).isEqualTo("8");
        assertThat(arguments.executorMemory()).isEqualTo("4g");
        assertThat(JavaConverters.seqAsJavaList(arguments.childArgs()))
                .containsExactly("train", "--conf", "conf/imagenet-resnet50.conf", "--dry-run");
    }

    @Test
    void inTheClusterTheRecipeTravelsAlong() throws Exception {
        Path recipe = Files.writeString(folder.resolve("mine.conf"), "");

        submit("deploy/yarn/submit", "--cluster", "train", "--conf", recipe.toString(), "--set", "a.b=c d");

        SparkSubmitArguments arguments = parsed();
        assertThat(arguments.deployMode()).isEqualTo("cluster");
        assertThat(arguments.files()).endsWith("/mine.conf");
        assertThat(JavaConverters.seqAsJavaList(arguments.childArgs()))
                .containsExactly("train", "--conf", "mine.conf", "--set", "a.b=c d");
    }

    @Test
    void gpusAndSettingsOfOnesOwnComeAfterTheOthers() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine"), "spark.executor.memory 9g\n");

        run(
                environment(Map.of("RESNET_SPARK_PROPERTIES", mine.toString())),
                ROOT.resolve("deploy/yarn/submit").toString(),
                "--gpu",
                "--hdfs",
                "evaluate");

        assertThat(ShippedSparkSettingsTest.settings(properties))
                .containsEntry("spark.executor.memory", "9g")
                .containsEntry("spark.task.resource.gpu.amount", "1")
                .containsEntry("spark.kerberos.principal", "trainer@EXAMPLE.COM")
                .containsEntry(
                        "spark.files",
                        ROOT.resolve("deploy/gpu/discover-gpus.sh").toString());
    }

    @Test
    void kubernetesRunsTheJarOfTheImage() throws Exception {
        run(
                environment(Map.of("RESNET_SPARK_MASTER", "k8s://https://10.0.0.1:6443")),
                ROOT.resolve("deploy/k8s/submit").toString(),
                "--gpu",
                "train",
                "--conf",
                "/opt/resnet-spark/conf/imagenet-resnet50.conf");

        SparkSubmitArguments arguments = parsed();
        assertThat(arguments.master()).isEqualTo("k8s://https://10.0.0.1:6443");
        assertThat(arguments.deployMode()).isEqualTo("cluster");
        assertThat(arguments.primaryResource()).isEqualTo("local:///opt/resnet-spark/resnet-spark.jar");
        assertThat(arguments.sparkProperties().apply("spark.executor.resource.gpu.discoveryScript"))
                .isEqualTo("/opt/resnet-spark/discover-gpus.sh");
        assertThat(JavaConverters.seqAsJavaList(arguments.childArgs()))
                .containsExactly("train", "--conf", "/opt/resnet-spark/conf/imagenet-resnet50.conf");
        assertThat(Path.of(
                        ShippedSparkSettingsTest.settings(properties).get("spark.kubernetes.executor.podTemplateFile")))
                .isRegularFile();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(submit("deploy/yarn/submit"))
                .isEqualTo("There is no command to run. Name one, e.g. train --conf conf/imagenet-resnet50.conf.\n2\n");
        assertThat(submit("deploy/k8s/submit", "train"))
                .isEqualTo("RESNET_SPARK_MASTER is not set. Set it to the API server, e.g. k8s://https://10.0.0.1:6443."
                        + "\n2\n");
        Files.delete(jar);
        assertThat(submit("deploy/yarn/submit", "train"))
                .isEqualTo("There is no " + jar + ". Build it with: mvn -B -DskipTests package\n2\n");
    }

    private SparkSubmitArguments parsed() throws IOException {
        // The script has removed its own copy by now.
        List<String> arguments = new ArrayList<>(Files.readAllLines(recorded));
        arguments.set(arguments.indexOf("--properties-file") + 1, properties.toString());
        return new SparkSubmitArguments(
                JavaConverters.asScalaBuffer(arguments).toList(),
                new scala.collection.immutable.Map.Map1<>("HADOOP_CONF_DIR", folder.toString()));
    }

    private String submit(String script, String... arguments) throws Exception {
        return run(
                environment(Map.of()),
                Stream.concat(Stream.of(ROOT.resolve(script).toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("SPARK_HOME", folder.toString());
        environment.put("RESNET_SPARK_JAR", jar.toString());
        return environment;
    }

    /** What it says, and its exit code on a line of its own. */
    private static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said + process.exitValue() + "\n";
    }

    private static boolean isBash(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("#!/usr/bin/env bash") || text.contains("set -euo pipefail");
        } catch (IOException e) {
            return false;
        }
    }
}
