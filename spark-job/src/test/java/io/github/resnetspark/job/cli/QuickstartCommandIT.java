package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.job.CommandFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartCommandIT {
    private static final String CONF = Path.of("..", "conf", "quickstart.conf").toString();

    @TempDir
    private Path folder;

    @Test
    void runsEveryStepAndReportsTheAccuracy() throws IOException {
        Path place = folder.resolve("a first");
        Console console =
                Console.run("quickstart", "--conf", CONF, "--dir", place.toString(), "--set", "train.epochs=1");

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        assertThat(console.out())
                .matches("pictures: " + place + "/pictures\n"
                        + "shards:   " + place + "/shards\n"
                        + "model:    " + place + "/model\n"
                        + "metrics:  " + place + "/model.run/metrics.jsonl\n"
                        + "top-1: [0-9]{2}\\.[0-9]{2} %\n");
        assertThat(place.resolve("shards/manifest.json")).isNotEmptyFile();
        assertThat(place.resolve("model/SHA256SUMS")).isNotEmptyFile();
        assertThat(place.resolve("model.run/metrics.jsonl"))
                .content()
                .isNotEmpty()
                .doesNotContain("NaN");
    }

    @Test
    void refusesAnExistingFolder() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Console console = Console.run("quickstart", "--conf", CONF, "--dir", taken.toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).isEqualTo(CommandFailures.folderExists(taken.toString()) + "\n");
        assertThat(taken).isEmptyDirectory();
    }
}
