package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.resnetspark.job.ThisBuild;
import io.github.resnetspark.job.recipe.Recipe;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;

/** The arguments that the submit scripts pass to spark-submit, parsed by Spark's own parser. */
class SubmitScriptsTest {
    private static final Path ROOT = ShippedSparkSettingsTest.ROOT;

    @TempDir
    Path folder;

    private Path jar;
    private Path recorded;
    private Path properties;
    private Path temporary;
    private Path sparkSubmit;

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
    void createAFakeSparkSubmitThatRecordsItsArguments() throws IOException {
        jar = jarOfThisBuild(folder.resolve("resnet-spark.jar"));
        recorded = folder.resolve("arguments");
        properties = folder.resolve("properties");
        temporary = Files.createDirectories(folder.resolve("tmp"));
        sparkSubmit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
        Files.createFile(
                sparkSubmit, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        sparkSubmitDoes("exit 7");
    }

    private void sparkSubmitDoes(String commands) throws IOException {
        Files.writeString(
                sparkSubmit,
                """
                #!/bin/bash
                folder='FOLDER'
                printf '%s\\n' "$@" >"$folder/arguments"
                locale charmap >"$folder/charmap"
                while [ "$1" != --properties-file ]; do
                  if [ "$1" = --files ]; then
                    # Those that the script made are gone when it has ended.
                    IFS=, && for file in $2; do cp "${file#file:}" "$folder" 2>/dev/null; done
                  fi
                  shift
                done
                # Both Spark's launcher and Spark read it.
                cat "$2" >/dev/null
                cp "$2" "$folder/properties"
                """
                                .replace("FOLDER", folder.toString())
                        + commands
                        + "\n");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptIsValidBash(Path script) throws Exception {
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

    /** Handles signals like a training: the first is recorded, the second ends the process. */
    @ParameterizedTest
    @CsvSource({"TERM,", "INT,", "TERM,--cluster", "INT,--cluster", "HUP,--cluster"})
    void aSignalReachesSparkAndItsExitCodeIsReturned(String signal, String option) throws Exception {
        sparkSubmitDoes(
                """
                signals=0
                trap 'signals=$((signals + 1)); echo $signals >"$folder/signals"; [ $signals = 1 ] || exit 9' INT TERM HUP
                echo $$ >"$folder/ready"
                while :; do sleep 0.05; done
                """);
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("deploy/yarn/submit").toString()));
        if (option != null) {
            command.add(option);
        }
        command.add("train");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment(Map.of()));
        Process process = builder.start();
        try {
            awaitFile(folder.resolve("ready"));

            send(signal, process);
            awaitFile(folder.resolve("signals"));
            assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(folder.resolve("signals")).hasContent("1");
            send(signal, process);

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(9);
            assertThat(temporary).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
            ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve("ready")).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void leavesNoFileBehind() throws Exception {
        Path recipe = Files.writeString(folder.resolve("mine.conf"), "");

        assertThat(submit("deploy/yarn/submit", "train")).isEqualTo("7\n");
        assertThat(temporary).isEmptyDirectory();
        assertThat(submit("deploy/yarn/submit", "--cluster", "train")).isEqualTo("7\n");
        assertThat(temporary).isEmptyDirectory();
        submit("deploy/yarn/submit", "--cluster", "train", "--conf", recipe.toString());
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theSitesSettingsApplyUnlessOursOverrideThem() throws Exception {
        Path site = Files.createDirectories(folder.resolve("conf")).resolve("spark-defaults.conf");
        Files.writeString(
                site,
                "spark.authenticate=true\nspark.executor.memory 1g\nspark.locality.wait 9\n"
                        + "spark.executor.extraJavaOptions  -Dfirst=1\nspark.executor.extraJavaOptions: -Dsite=1 -Dx=y ");
        Path mine = Files.writeString(folder.resolve("mine"), "spark.locality.wait 3");

        run(
                environment(Map.of("RESNET_SPARK_PROPERTIES", mine.toString())),
                ROOT.resolve("deploy/yarn/submit").toString(),
                "train");

        Map<String, String> ours = ShippedSparkSettingsTest.settings(ROOT.resolve("conf/spark/yarn.conf"));
        assertThat(ShippedSparkSettingsTest.settings(properties))
                .containsEntry("spark.authenticate", "true")
                .containsEntry("spark.executor.memory", ours.get("spark.executor.memory"))
                .containsEntry("spark.locality.wait", "3")
                .containsEntry("spark.driver.extraJavaOptions", ours.get("spark.driver.extraJavaOptions"))
                .containsEntry(
                        "spark.executor.extraJavaOptions",
                        "-Dsite=1 -Dx=y " + ours.get("spark.executor.extraJavaOptions"));
    }

    /** The site's, ours, the user's file, the command line: the later one wins. */
    @Test
    void optionsOfSparkBeforeTheCommandWinOverAllFiles() throws Exception {
        Path site = Files.createDirectories(folder.resolve("conf")).resolve("spark-defaults.conf");
        Files.writeString(site, "spark.a 1\nspark.yarn.queue 1\nspark.locality.wait 1\nspark.executor.memory 1g\n");
        Path mine = Files.writeString(
                folder.resolve("mine"), "spark.yarn.queue 3\nspark.locality.wait 3\nspark.task.cpus 3\n");

        assertThat(run(
                        environment(Map.of("RESNET_SPARK_PROPERTIES", mine.toString())),
                        ROOT.resolve("deploy/yarn/submit").toString(),
                        "--conf",
                        "spark.locality.wait=4",
                        "--verbose",
                        "--files=hdfs://namenode:8020/a",
                        "--driver-memory",
                        "9g",
                        "--gpu",
                        "--files",
                        "file:/b",
                        "train",
                        "--conf",
                        "mine.conf"))
                .isEqualTo("7\n");

        SparkSubmitArguments arguments = parsed();
        assertThat(List.of("spark.a", "spark.executor.memory", "spark.yarn.queue", "spark.locality.wait"))
                .extracting(name -> arguments.sparkProperties().apply(name))
                .containsExactly("1", "4g", "3", "4");
        assertThat(arguments.driverMemory()).isEqualTo("9g");
        assertThat(arguments.verbose()).isTrue();
        assertThat(arguments.files())
                .startsWith("hdfs://namenode:8020/a,file:/b,")
                .contains("discover-gpus.sh");
        assertThat(JavaConverters.seqAsJavaList(arguments.childArgs())).containsExactly("train", "--conf", "mine.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--master", "--deploy-mode=cluster", "--class", "--properties-file=/a"})
    void refusesOptionsThatItSetsItself(String option) throws Exception {
        assertThat(submit("deploy/yarn/submit", option, "x", "train"))
                .isEqualTo(option.replaceAll("=.*", "")
                        + " is not for the command line, because this script sets it. Use --cluster for a driver in"
                        + " the cluster, and RESNET_SPARK_PROPERTIES for a file of settings.\n2\n");
        assertThat(recorded).doesNotExist();
    }

    @Test
    void theSitesSettingsAreFoundLikeInSpark() throws Exception {
        Path site = Files.createDirectories(folder.resolve("etc"));
        Files.writeString(site.resolve("spark-defaults.conf"), "spark.authenticate true\n");
        Map<String, String> environment = environment(Map.of("SPARK_CONF_DIR", site.toString()));

        run(environment, ROOT.resolve("deploy/yarn/submit").toString(), "train");

        assertThat(ShippedSparkSettingsTest.settings(properties)).containsEntry("spark.authenticate", "true");

        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/spark-defaults.conf"), "spark.ui.enabled false\n");
        environment = environment(Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH")));
        environment.put("SPARK_HOME", "");

        run(environment, ROOT.resolve("deploy/yarn/submit").toString(), "train");

        assertThat(ShippedSparkSettingsTest.settings(properties)).containsEntry("spark.ui.enabled", "false");
    }

    @Test
    void aCheckoutMayBeInAFolderOfAnyName() throws Exception {
        Path checkout = checkout("a b&c#d%41\\t'\"$x");
        jar = Files.copy(jar, checkout.resolve("resnet-spark.jar"));

        run(environment(Map.of()), checkout.resolve("deploy/yarn/submit").toString(), "--gpu", "train");

        SubmitEnvironment submitted = submitted();
        assertThat(local(submitted.classPath().get(0))).isEqualTo(jar);
        assertThat(local(submitted.conf().get("spark.yarn.dist.files")))
                .isEqualTo(checkout.resolve("deploy/gpu/discover-gpus.sh"));

        run(
                environment(Map.of("RESNET_SPARK_MASTER", "k8s://https://10.0.0.1:6443")),
                checkout.resolve("deploy/k8s/submit").toString(),
                "train");

        assertThat(local(
                        ShippedSparkSettingsTest.settings(properties).get("spark.kubernetes.executor.podTemplateFile")))
                .isEqualTo(checkout.resolve("deploy/k8s/executor-pod.yaml"));
    }

    @Test
    void aShippedFileMustNotHaveACommaInItsPath() throws Exception {
        Path checkout = checkout("a,b");

        assertThat(run(
                        environment(Map.of()),
                        checkout.resolve("deploy/yarn/submit").toString(),
                        "--gpu",
                        "train"))
                .isEqualTo(
                        "The path '" + checkout.resolve("deploy/gpu/discover-gpus.sh")
                                + "' has a comma, which ends an entry in Spark's list of files. Move the file to a path without a comma.\n2\n");
        assertThat(run(
                        environment(Map.of()),
                        checkout.resolve("deploy/yarn/submit").toString(),
                        "train"))
                .isEqualTo("7\n");
    }

    private Path checkout(String name) throws IOException {
        Path checkout = folder.resolve(name);
        for (String part : List.of("deploy/bin", "deploy/yarn", "deploy/k8s", "deploy/gpu", "conf/spark")) {
            Files.createDirectories(checkout.resolve(part));
            try (Stream<Path> files = Files.list(ROOT.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(
                            file,
                            checkout.resolve(part).resolve(file.getFileName()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return checkout;
    }

    @Test
    void setsAUtf8LocaleIfThereIsNone() throws Exception {
        run(
                environment(Map.of("LC_ALL", "C")),
                ROOT.resolve("deploy/yarn/submit").toString(),
                "train");

        assertThat(folder.resolve("charmap")).hasContent("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--conf=", "--conf "})
    void withADriverInTheClusterTheRecipeIsShippedWithItsIncludes(String option) throws Exception {
        assumeThat(canResolve()).as("recipes can be resolved").isTrue();
        Files.writeString(folder.resolve("base.conf"), "train.epochs = 3\n");
        Path recipe = Files.writeString(
                folder.resolve("mine, #1.conf"), "include \"base.conf\"\ncheckpoint.keep = ${train.epochs}\n");
        List<String> words = new ArrayList<>(List.of("--cluster", "train"));
        words.addAll(List.of((option + recipe).split(" ", option.endsWith(" ") ? 2 : 1)));
        words.addAll(List.of("--set", "train.epochs=5", "--set", "model.dir=c d"));

        assertThat(submit("deploy/yarn/submit", words.toArray(String[]::new))).isEqualTo("7\n");

        SparkSubmitArguments arguments = parsed();
        assertThat(arguments.deployMode()).isEqualTo("cluster");
        assertThat(arguments.files()).endsWith("/mine___1.conf");
        assertThat(JavaConverters.seqAsJavaList(arguments.childArgs()))
                .containsExactly(
                        "train", "--conf", "mine___1.conf", "--set", "train.epochs=5", "--set", "model.dir=c d");
        Recipe travelled = Recipe.load(Optional.of(folder.resolve("mine___1.conf")), List.of());
        assertThat(travelled.checkpoint().keep()).isEqualTo(5);
    }

    @Test
    void aRecipeThatCannotBeResolvedIsNotSubmitted() throws Exception {
        assumeThat(canResolve()).as("recipes can be resolved").isTrue();
        Path recipe = Files.writeString(folder.resolve("mine.conf"), "train.epochs = ${no.such.key}\n");

        assertThat(submit("deploy/yarn/submit", "--cluster", "train", "--conf", recipe.toString()))
                .contains("no.such.key")
                .endsWith("\n2\n");
        assertThat(recorded).doesNotExist();
    }

    @Test
    void withADriverInTheClusterTheGpuScriptIsShippedToo() throws Exception {
        assumeThat(canResolve()).as("recipes can be resolved").isTrue();
        Path recipe = Files.writeString(folder.resolve("mine.conf"), "");
        Path mine = Files.writeString(folder.resolve("mine"), "spark.files hdfs://namenode:8020/a,file:/b\n");

        run(
                environment(Map.of("RESNET_SPARK_PROPERTIES", mine.toString())),
                ROOT.resolve("deploy/yarn/submit").toString(),
                "--gpu",
                "--cluster",
                "train",
                "--conf",
                recipe.toString());

        assertThat(parsed().files().split(",", -1))
                .hasSize(4)
                .startsWith(ROOT.resolve("deploy/gpu/discover-gpus.sh")
                        .toUri()
                        .toString()
                        .replace("///", "/"))
                .endsWith("hdfs://namenode:8020/a", "file:/b");
        assertThat(parsed().files()).contains("/mine.conf,");
        // In an executor's working directory, files have their bare names.
        assertThat(ShippedSparkSettingsTest.settings(properties))
                .containsEntry("spark.executor.resource.gpu.discoveryScript", "./discover-gpus.sh");
    }

    @Test
    void gpuSettingsAndUserSettingsOverrideTheOthers() throws Exception {
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
                .containsEntry("spark.kerberos.principal", "trainer@EXAMPLE.COM");
        assertThat(local(parsed().files())).isEqualTo(ROOT.resolve("deploy/gpu/discover-gpus.sh"));
    }

    @Test
    void onKubernetesTheJarOfTheImageRuns() throws Exception {
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
        assertThat(arguments.files()).isNull();
        assertThat(local(
                        ShippedSparkSettingsTest.settings(properties).get("spark.kubernetes.executor.podTemplateFile")))
                .isRegularFile();
    }

    @Test
    void reportsWhatIsMissing() throws Exception {
        assertThat(submit("deploy/yarn/submit"))
                .isEqualTo("There is no command to run. Add one, e.g. train --conf conf/imagenet-resnet50.conf.\n2\n");
        assertThat(submit("deploy/k8s/submit", "train"))
                .isEqualTo("RESNET_SPARK_MASTER is not set. Set it to the API server, e.g. k8s://https://10.0.0.1:6443."
                        + "\n2\n");
        assertThat(run(
                        environment(Map.of("RESNET_SPARK_PROPERTIES", "/no/such")),
                        ROOT.resolve("deploy/yarn/submit").toString(),
                        "train"))
                .isEqualTo(
                        "RESNET_SPARK_PROPERTIES is /no/such but that file does not exist. Correct it, or unset it.\n2\n");
        Files.delete(jar);
        assertThat(submit("deploy/yarn/submit", "train"))
                .isEqualTo("The jar " + jar + " does not exist. Build it with: " + ThisBuild.BUILD + "\n2\n");
    }

    private record SubmitEnvironment(List<String> classPath, SparkConf conf) {}

    /** The environment that Spark prepares from these arguments. */
    private SubmitEnvironment submitted() throws IOException {
        // Its sequences have another type in Scala 2.13.
        var environment = new SparkSubmit().prepareSubmitEnvironment(parsed(), scala.Option.empty());
        return new SubmitEnvironment(JavaConverters.seqAsJavaList(environment._2()), environment._3());
    }

    private static Path local(String uri) {
        return Path.of(URI.create(uri));
    }

    /** A jar with the class path of these tests. */
    static Path jarOfThisBuild(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    private static boolean canResolve() {
        try {
            Class.forName("io.github.resnetspark.recipe.ResolvedRecipe");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void send(String signal, Process process) throws Exception {
        assertThat(run(Map.of(), "bash", "-c", "kill -$0 $1", signal, Long.toString(process.pid())))
                .isEqualTo("0\n");
    }

    private static void awaitFile(Path file) throws Exception {
        for (int i = 0; i < 600 && !(Files.exists(file) && Files.size(file) > 0); i++) {
            Thread.sleep(50);
        }
        assertThat(file).isNotEmptyFile();
    }

    private SparkSubmitArguments parsed() throws IOException {
        // The script has already deleted its own copy.
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
        environment.put("TMPDIR", temporary.toString());
        environment.put("RESNET_SPARK_JAR", jar.toString());
        return environment;
    }

    /** Its output, and then its exit code on a separate line. */
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
            return text.startsWith("#!/usr/bin/env bash") || text.startsWith("# shellcheck shell=bash");
        } catch (IOException e) {
            return false;
        }
    }
}
