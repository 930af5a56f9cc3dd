package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whose id has no name, as in many containers. */
class NamelessUserIT {
    private static final int NUMBER = 54_321;

    @TempDir
    Path folder;

    @Test
    void aCommandWithSparkWorks() throws IOException, InterruptedException {
        Path pictures = folder.resolve("pictures");
        new PictureSet(2, 1, 7).write(pictures);
        List<String> command = new ArrayList<>(asNobody());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), ResNetSpark.class.getName(), "prepare", "--json"));
        command.addAll(List.of("--set", "prepare.source=" + pictures.toUri()));
        command.addAll(
                List.of("--set", "data.shards=" + folder.resolve("shards").toUri()));

        Said said = run(command);

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).doesNotContain("Exception").contains("\"written\":");
        assertThat(folder.resolve("shards/manifest.json")).exists();
        assertThat(Path.of("?")).doesNotExist();
    }

    /** The same user with an id without a name, who still owns the files. */
    private List<String> asNobody() throws IOException, InterruptedException {
        List<String> wrapping = List.of("unshare", "--user", "--map-user=" + NUMBER);
        List<String> name = new ArrayList<>(wrapping);
        name.addAll(List.of("id", "--user", "--name"));
        try {
            assumeThat(run(name).text()).contains("cannot find name").contains(Integer.toString(NUMBER));
        } catch (IOException e) {
            assumeThat(e).as("there is no unshare").isNull();
        }
        return wrapping;
    }

    private Said run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private record Said(int code, String text) {}
}
