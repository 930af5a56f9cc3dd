package io.github.resnetspark.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    private static final int EXAMPLES = 100;
    private static final WorkerReport TWO_REPLICAS = WorkerReport.of(
            0,
            0.1,
            List.of(
                    new WorkerReport.Replica(32, 40.5, -1, 1.23456, 0.0000499),
                    new WorkerReport.Replica(16, 20.5, -1, 0.75, 0.25)));
    private static final WorkerReport ONE_REPLICA =
            WorkerReport.of(1, 0.1, List.of(new WorkerReport.Replica(16, 20, -1, 1234.56789, 0)));

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(new Configuration());
    private List<String> lines;

    @BeforeEach
    void twoEpochsOfTwoRoundsWithAValidationEach() throws IOException {
        try (MetricsLog log = MetricsLog.create(storage, path())) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                log.onRound(round(epoch, 1, 64));
                log.onRound(round(epoch, 2, EXAMPLES));
                log.onValidation(new ValidationMetrics(
                        epoch, ValidationMetrics.Parameters.AVERAGED, 10, 5, 0.5, 0.9, 1.5, true, 0.1));
            }
        }
        lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
    }

    @Test
    void keepsLinesBeforeThePositionAndAppends() throws IOException {
        assertThat(lines).hasSize(6);
        assertThat(continuedFrom(new Position(0, 64, 1))).isEqualTo(lines.subList(0, 1));
        assertThat(continuedFrom(new Position(0, EXAMPLES, 2))).isEqualTo(lines.subList(0, 2));
        assertThat(continuedFrom(Position.startOf(1))).isEqualTo(lines.subList(0, 3));
        assertThat(continuedFrom(new Position(1, 64, 1))).isEqualTo(lines.subList(0, 4));
        assertThat(continuedFrom(Position.startOf(2))).isEqualTo(lines);
    }

    @Test
    void aRoundHasTheExamplesAndTimesOfEachReplicaOfEachWorker() {
        assertThat(lines.get(0))
                .contains(",\"replicas\":{\"examples\":[[32,16],[16]],"
                        + "\"computeSeconds\":[[1.2346,0.75],[1234.5679]],"
                        + "\"waitSeconds\":[[0.0,0.25],[0.0]]}")
                .containsPattern(",\"time\":\"\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z\"}$");
    }

    @Test
    void dropsTheTrainingErrorOfAnUnfinishedEpoch() throws IOException {
        try (MetricsLog log = MetricsLog.create(storage, path())) {
            log.onRound(round(1, 1, EXAMPLES));
            log.onTrainingError(new TrainingListener.TrainingError(1, 10, 5, 0.5, 1.5, 0.1));
        }
        lines = Files.readAllLines(folder.resolve("metrics.jsonl"));

        assertThat(lines.get(1)).startsWith("{\"type\":\"training-error\",\"epoch\":1,\"examples\":10,");
        assertThat(continuedFrom(new Position(0, EXAMPLES, 1))).isEqualTo(lines.subList(0, 1));
        assertThat(continuedFrom(Position.startOf(1))).isEqualTo(lines);
    }

    @Test
    void keepsAllEventsAndTellsWhenTheInterruptedRunEnded() throws IOException {
        RunEvent lost = new RunEvent(
                RunEvent.What.EXECUTOR_LOST, "2026-01-02T03:04:05Z", 1, 2, 1, "3", "Remote RPC client lost", null);
        try (MetricsLog log = MetricsLog.create(storage, path())) {
            log.onRound(round(1, 1, 64));
            log.onEvent(lost);
            log.onRound(round(1, 2, EXAMPLES));
        }
        lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
        String ended = lines.get(2).replaceAll(".*\"time\":\"([^\"]*)\"}", "$1");

        assertThat(lines.get(1))
                .isEqualTo(
                        "{\"type\":\"event\",\"what\":\"executor-lost\",\"time\":\"2026-01-02T03:04:05Z\",\"epoch\":1,"
                                + "\"round\":2,\"executors\":1,\"executor\":\"3\",\"reason\":\"Remote RPC client lost\"}");
        try (MetricsLog log = MetricsLog.continueFrom(storage, path(), new Position(0, 64, 1))) {
            assertThat(log.interrupted()).contains(ended);
        }
        assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).isEqualTo(lines.subList(0, 2));
    }

    @Test
    void dropsAnIncompleteLineOfAKilledProcess() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"type\":\"round\",\"ep", StandardOpenOption.APPEND);

        assertThat(continuedFrom(Position.startOf(2))).isEqualTo(lines);
    }

    private List<String> continuedFrom(Position position) throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("metrics.jsonl"));
        try (MetricsLog log = MetricsLog.continueFrom(storage, path(), position)) {
            log.onRound(round(9, 1, 64));
        }
        List<String> after = Files.readAllLines(folder.resolve("metrics.jsonl"));
        Files.write(folder.resolve("metrics.jsonl"), before);
        assertThat(after.get(after.size() - 1)).contains("\"epoch\":9");
        return after.subList(0, after.size() - 1);
    }

    private org.apache.hadoop.fs.Path path() {
        return new org.apache.hadoop.fs.Path(folder.resolve("metrics.jsonl").toUri());
    }

    private static RoundMetrics round(int epoch, int number, long position) {
        return new RoundMetrics(
                epoch,
                number,
                position,
                EXAMPLES,
                64,
                2,
                32,
                1.5,
                0.1,
                100,
                0.6,
                0,
                0,
                0.5,
                0,
                0,
                0,
                0,
                0.1,
                0.1,
                800,
                List.of(),
                ReplicaMetrics.of(List.of(TWO_REPLICAS, ONE_REPLICA)));
    }
}
