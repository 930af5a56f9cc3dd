package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts the packaged command line. */
class LauncherIT {
    private static final Path SCRIPT =
            Path.of("..", "deploy", "bin", "resnet-spark").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void runsFromAnyFolderThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("rs"), SCRIPT);

        assertThat(run(link, "describe", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out()).get("parameters").asLong())
                .isEqualTo(269_722);
        assertThat(err()).isEmpty();
    }

    @Test
    void passesTheExitCodeOn() throws Exception {
        assertThat(run(SCRIPT, "describe", "--set", "model.depth=21")).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err()).startsWith("--set model.depth: depth is 21 but").doesNotContain("\tat ");
    }

    @Test
    void saysWhichJavaItNeeds() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 11'\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        assertThat(runWithJavaHome(folder.resolve("jdk"), SCRIPT, "describe")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("«" + java + "» is Java 11 but Spark 3.5 needs Java 17 here. Set JAVA_HOME to a JDK 17.\n");
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
        return builder.start().waitFor();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
