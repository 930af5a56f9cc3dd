package io.github.resnetspark.job.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    @TempDir
    Path folder;

    @Test
    void neverKeepsTheSuccessOfAnEarlierRunWhileACommandRuns() throws IOException {
        Path result = folder.resolve("result.json");
        Files.writeString(result, "{\"command\":\"train\",\"status\":\"done\",\"exitCode\":0}");

        ResultFile.begin(result.toUri(), "train");

        assertThat(new ObjectMapper().readTree(result.toFile()))
                .hasToString("{\"command\":\"train\",\"status\":\"running\"}");
    }
}
