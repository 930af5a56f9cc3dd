package io.github.resnetspark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedRoundsTest {
    private static final String[] TWO_EPOCHS = {"1 60 60", "1 100 40", "2 60 60", "2 100 40"};

    @TempDir
    Path folder;

    @Test
    void allRoundsOfAllEpochsUseEveryExampleOnce() throws IOException {
        assertThat(rounds(TWO_EPOCHS).useEveryExampleOnce(2)).isTrue();
        assertThat(rounds(TWO_EPOCHS).median("examples")).isEqualTo(50);
    }

    @Test
    void aMissingOrRepeatedRoundIsFound() throws IOException {
        assertThat(rounds(TWO_EPOCHS).useEveryExampleOnce(3)).isFalse();
        assertThat(rounds("1 60 60", "1 100 40", "2 60 60").useEveryExampleOnce(2))
                .isFalse();
        assertThat(rounds("1 60 60", "1 60 60", "1 100 40").useEveryExampleOnce(1))
                .isFalse();
        assertThat(rounds("1 100 40").useEveryExampleOnce(1)).isFalse();
        assertThat(rounds("1 60 60", "2 100 40").useEveryExampleOnce(1)).isFalse();
    }

    /** Writes the metrics of rounds, each given by its epoch, position and examples, and reads them. */
    private TrainedRounds rounds(String... rounds) throws IOException {
        Files.createDirectories(folder.resolve("model.run"));
        Files.writeString(
                folder.resolve("model.run").resolve("metrics.jsonl"),
                Arrays.stream(rounds)
                                .map(round -> round.split(" ", -1))
                                .map(round -> "{\"type\":\"round\",\"epoch\":" + round[0] + ",\"position\":" + round[1]
                                        + ",\"examples\":" + round[2] + ",\"epochExamples\":100}\n")
                                .collect(Collectors.joining())
                        + "{\"type\":\"validation\",\"epoch\":1}\n{\"type\":\"round\",\"epo");
        return TrainedRounds.of(folder.resolve("model"));
    }
}
