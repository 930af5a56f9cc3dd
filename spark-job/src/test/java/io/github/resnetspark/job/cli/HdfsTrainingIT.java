package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.LocalHdfs;
import io.github.resnetspark.job.metrics.MetricsLines;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.job.tensorboard.EventRecords;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.CannotObtainBlockLengthException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards, metrics, checkpoints and the model on HDFS, with a NameNode and a DataNode for this test. */
class HdfsTrainingIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PICTURES = 240;
    private static final int ROUNDS = 15;

    @TempDir
    static Path folder;

    private static LocalHdfs cluster;
    private static FileSystem hdfs;

    @BeforeAll
    static void startHdfs() throws IOException {
        cluster = LocalHdfs.open(folder);
        hdfs = cluster.files();
        new PictureSet(24, 4, 1).write(folder.resolve("pictures"));
        Console console = Console.run(
                "prepare",
                "--set",
                "prepare.source=" + folder.resolve("pictures"),
                "--set",
                "data.shards=" + hdfs.getUri() + "/shards");
        assertThat(console.code()).as(console.err()).isZero();
    }

    @AfterAll
    static void stopHdfs() {
        cluster.close();
    }

    @Test
    void aKilledAndThenStoppedRunResumesFromHdfs() throws Exception {
        TrainProcess killed = start("killed.log");
        awaitLines(killed, ROUNDS + 4);
        // It had the metrics open for writing, and they are not closed. After an outage they cannot be read either.
        killed.kill();
        cluster.restartDataNode();
        assertThatThrownBy(HdfsTrainingIT::metrics).hasMessageContaining("Cannot obtain block length");

        TrainProcess stopped = start("stopped.log");
        awaitLines(stopped, 2 * ROUNDS + 3);
        assertThat(stopped.terminate().exitCode()).as(stopped.said()).isEqualTo(1);
        assertThat(stopped.said())
                .contains("metrics.jsonl was left open by a writer that has ended. Waiting up to 120 s")
                .contains("Resuming after 1 epoch and")
                .contains("Stopped by SIGTERM after 2 of 3 epochs")
                .doesNotContain("Exception");

        TrainProcess last = start("last.log");
        assertThat(last.exitCode()).as(last.said()).isZero();
        assertThat(last.said()).contains("Resuming after 2 epochs and").doesNotContain("Exception");
        assertThat(hdfs.exists(path("/models/made/SHA256SUMS"))).isTrue();
        assertThat(hdfs.exists(path("/models/made.run/checkpoints"))).isFalse();
        assertThat(picturesByEpoch()).isEqualTo(Map.of(1, PICTURES, 2, PICTURES, 3, PICTURES));
        assertThat(EventRecords.scalars(events()).get("round/loss"))
                .extracting(EventRecords.Point::step)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 3 * ROUNDS)
                        .map(round -> 16 * round)
                        .boxed()
                        .toList());
    }

    private static TrainProcess start(String log) throws IOException {
        List<String> arguments = Stream.of(
                        "data.shards=" + hdfs.getUri() + "/shards",
                        "model.dir=" + hdfs.getUri() + "/models/made",
                        "model.depth=8",
                        "train.epochs=3",
                        "train.batch-size-per-replica=8",
                        "averaging.every=1",
                        "checkpoint.every-rounds=4")
                .flatMap(setting -> Stream.of("--set", setting))
                .toList();
        return TrainProcess.start(folder.resolve(log), arguments);
    }

    /** Waits until the metrics on HDFS, which the process has open, have this number of lines. */
    private static void awaitLines(TrainProcess process, int lines) throws Exception {
        process.await(() -> {
            try {
                return metrics().size() >= lines;
            } catch (CannotObtainBlockLengthException e) {
                return false; // They are not closed yet.
            }
        });
    }

    private static Map<Integer, Integer> picturesByEpoch() throws IOException {
        Map<Integer, Integer> pictures = new TreeMap<>();
        for (String line : metrics()) {
            JsonNode json = JSON.readTree(line);
            if (json.get("type").asText().equals("round")) {
                pictures.merge(json.get("epoch").asInt(), json.get("examples").asInt(), Integer::sum);
            }
        }
        return pictures;
    }

    private static List<String> metrics() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = hdfs.open(path("/models/made.run/metrics.jsonl"))) {
            in.transferTo(bytes);
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return MetricsLines.figures(
                bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static List<EventRecords.Read> events() throws IOException {
        FileStatus[] files = hdfs.listStatus(path("/models/made.run/tensorboard"));
        assertThat(files).hasSize(1);
        try (InputStream in = hdfs.open(files[0].getPath())) {
            return EventRecords.of(in.readAllBytes());
        }
    }

    private static org.apache.hadoop.fs.Path path(String text) {
        return new org.apache.hadoop.fs.Path(text);
    }
}
