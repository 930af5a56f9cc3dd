package io.github.resnetspark.job.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.analyze.ErrorCurve.EpochErrors;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsInMetricsTest {
    @TempDir
    Path folder;

    @Test
    void readsTheErrorsOfEveryValidatedEpochAndTheLossOfItsRounds() throws IOException {
        List<EpochErrors> errors = read(
                "{\"type\":\"round\",\"epoch\":1,\"examples\":30,\"loss\":2.0}",
                "{\"type\":\"round\",\"epoch\":1,\"examples\":10,\"loss\":1.0}",
                "{\"type\":\"training-error\",\"epoch\":1,\"top1\":0.25}",
                "{\"type\":\"validation\",\"epoch\":1,\"weights\":\"averaged\",\"top1\":0.5}",
                "{\"type\":\"validation\",\"epoch\":1,\"weights\":\"ema\",\"top1\":0.9}",
                "{\"type\":\"round\",\"epoch\":2,\"examples\":10,\"loss\":0.5}",
                "{\"type\":\"round\",\"epoch\":3,\"examples\":10,\"loss\":0.25}",
                "{\"type\":\"training-error\",\"epoch\":3,\"top1\":1.0}",
                "{\"type\":\"validation\",\"epoch\":3,\"weights\":\"averaged\",\"top1\":0.75}");

        assertThat(errors).containsExactly(new EpochErrors(1, 0.75, 0.5, 1.75), new EpochErrors(3, 0, 0.25, 0.25));
    }

    @Test
    void refusesMetricsWithoutATrainingError() {
        assertThatThrownBy(() -> read("{\"type\":\"validation\",\"epoch\":1,\"weights\":\"averaged\",\"top1\":0.5}"))
                .isInstanceOf(FailureException.class)
                .hasMessage(AnalysisFailures.noCommonEpoch(
                        folder.resolve("metrics.jsonl").toString()));
    }

    private List<EpochErrors> read(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("metrics.jsonl"), List.of(lines));
        return ErrorsInMetrics.read(Storage.of(new Configuration()), new org.apache.hadoop.fs.Path(file.toString()));
    }
}
