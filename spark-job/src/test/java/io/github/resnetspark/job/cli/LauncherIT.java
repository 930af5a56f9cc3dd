package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.ThisBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script deploy/bin/resnet-spark. */
class LauncherIT {
    private static final Path SCRIPT =
            Path.of("..", "deploy", "bin", "resnet-spark").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void runsFromAnyFolderThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("rs"), SCRIPT);

        assertThat(run(link, "describe", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out()).get("parameters").asLong())
                .isEqualTo(269_722);
        assertThat(err()).isEmpty();
    }

    @Test
    void returnsTheExitCode() throws Exception {
        assertThat(run(SCRIPT, "describe", "--set", "model.depth=21")).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err()).startsWith("--set model.depth: depth is 21 but").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 11, 18, 25})
    void reportsWhichJavaItNeeds(int version) throws Exception {
        Path java = fakeJava(version);

        assertThat(runWithJavaHome(folder.resolve("jdk"), SCRIPT, "describe")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("'" + java + "' is Java " + version
                        + " but this program needs Java 17 or 21. Set JAVA_HOME to a JDK 17 or 21.\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 21})
    void acceptsEveryJavaThatSparkRunsOn(int version) throws Exception {
        fakeJava(version);

        assertThat(runWithJavaHome(folder.resolve("jdk"), SCRIPT, "describe"))
                .as(err())
                .isZero();
        assertThat(out()).contains("java.specification.version = " + version);
    }

    /** A program that only says which Java it is. */
    private Path fakeJava(int version) throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = " + version + "'\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java;
    }

    @Test
    void readsNonAsciiNamesWithoutALocale() throws Exception {
        // The script creates the non-ASCII names, because this JVM itself may not be able to.
        Path script = Files.writeString(
                folder.resolve("letters"),
                """
                mkdir grün && echo 'model.depth = 32' >grün/größe.conf
                env -i PATH="$PATH" HOME="$HOME" JAVA_HOME="$JAVA_HOME" LC_ALL=C RESNET_SPARK_LINE="${RESNET_SPARK_LINE:-}" SCRIPT describe --json --conf grün/größe.conf
                """
                        .replace("SCRIPT", SCRIPT.toString()));

        assertThat(run(Path.of("/bin/bash"), script.toString())).as(err()).isZero();
        assertThat(new ObjectMapper().readTree(out()).get("parameters").asLong())
                .isEqualTo(464_154);
    }

    @Test
    void usesTheSettingsOfHadoop() throws Exception {
        Path settings = Files.createDirectories(folder.resolve("hadoop"));
        Path registry = Files.createDirectories(folder.resolve("registry"));
        Files.writeString(
                settings.resolve("core-site.xml"),
                """
                <configuration>
                  <property><name>fs.defaultFS</name><value>viewfs://cluster/</value></property>
                  <property><name>fs.viewfs.mounttable.cluster.link./models</name><value>REGISTRY</value></property>
                </configuration>
                """
                        .replace("REGISTRY", registry.toUri().toString()));
        environment.put("HADOOP_CONF_DIR", settings.toString());

        assertThat(run(SCRIPT, "describe", "--result", "/models/result.json"))
                .as(err())
                .isZero();
        assertThat(registry.resolve("result.json")).isNotEmptyFile();
    }

    @Test
    void aCopyWithoutMavenRunsAsItIs() throws Exception {
        Path copy = copy("a b&c#d");
        environment.put("PATH", pathWithoutMaven());

        assertThat(run(copy, "describe", "--json")).as(err()).isZero();
        assertThat(err()).isEmpty();
        assertThat(out()).contains("\"parameters\":269722");

        Path root = copy.resolve("../../..").normalize();
        Files.writeString(root.resolve("pom.xml"), "newer than the jar");

        assertThat(run(copy, "describe", "--json")).as(err()).isZero();
        assertThat(err())
                .isEqualTo("The sources in " + root
                        + " are newer than the jar, but it cannot be built here. Running the old jar.\n");
    }

    @Test
    void reportsWhatACopyLacks() throws Exception {
        Path copy = copy("copy");
        Path target = copy.resolve("../../../spark-job").normalize().resolve(ThisBuild.TARGET);
        String noSources = " There are no sources to build it from. Copy the folder again from where it was built, and"
                + " Maven's jars to the same path.\n";
        environment.put("PATH", pathWithoutMaven());

        Files.writeString(target.resolve("spark-classpath.txt"), "/no/such/spark-core.jar:/no/other.jar");
        assertThat(run(copy, "describe")).isEqualTo(2);
        assertThat(err()).isEqualTo("Spark's jar /no/such/spark-core.jar is missing or not readable." + noSources);

        Files.delete(target.resolve(ThisBuild.JAR.getFileName()));
        assertThat(run(copy, "describe")).isEqualTo(2);
        assertThat(err()).isEqualTo(target.resolve(ThisBuild.JAR.getFileName()) + " does not exist." + noSources);

        Files.createDirectories(copy.resolve("../../../spark-job/src/main").normalize());
        Files.createFile(copy.resolve("../../../pom.xml").normalize());
        assertThat(run(copy, "describe")).isEqualTo(2);
        assertThat(err())
                .isEqualTo(target.resolve(ThisBuild.JAR.getFileName())
                        + " does not exist. It must be built but the command 'mvn' was not found. Install Maven 3.8 or newer"
                        + " and put it on the PATH.\n");
    }

    @Test
    void refusesAFolderWithAColon() throws Exception {
        Path copy = copy("a:b");

        assertThat(run(copy, "describe")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("The path '" + folder.toRealPath().resolve("a:b")
                        + "' has a colon, which ends an entry of a Java"
                        + " class path. Move the folder to a path without a colon.\n");
    }

    /** A copy like an installation: the launcher, the settings and the jar, but no sources. */
    private Path copy(String name) throws IOException {
        Path from = SCRIPT.resolve("../../..").normalize();
        Path to = folder.toRealPath().resolve(name);
        Path target = Path.of("spark-job").resolve(ThisBuild.TARGET);
        for (String file : List.of(
                "deploy/bin/resnet-spark",
                "deploy/bin/shell-functions",
                "conf/log4j2.properties",
                target.resolve("spark-classpath.txt").toString())) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createSymbolicLink(to.resolve(target).resolve(ThisBuild.JAR.getFileName()), ThisBuild.JAR);
        return to.resolve("deploy/bin/resnet-spark");
    }

    /** A PATH with the commands that the script calls, but without Maven. */
    private String pathWithoutMaven() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "cat", "dirname", "env", "find", "grep", "locale", "readlink", "sed")) {
            Path there = Stream.of(System.getenv("PATH").split(":", -1))
                    .map(directory -> Path.of(directory, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), there);
        }
        return tools.toString();
    }

    private int run(Path script, String... arguments) throws IOException, InterruptedException {
        return runWithJavaHome(Path.of(System.getProperty("java.home")), script, arguments);
    }

    private int runWithJavaHome(Path javaHome, Path script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
