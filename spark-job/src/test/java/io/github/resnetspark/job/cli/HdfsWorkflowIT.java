package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.LocalHdfs;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From pictures to a model on a real HDFS, through the class that spark-submit calls. */
class HdfsWorkflowIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static LocalHdfs cluster;
    private static FileSystem hdfs;

    @BeforeAll
    static void startHdfs() throws IOException {
        cluster = LocalHdfs.open(folder);
        hdfs = cluster.files();
        Path pictures = folder.resolve("pictures");
        new PictureSet(6, 2, 1).write(pictures);
        hdfs.copyFromLocalFile(path(pictures.toUri().toString()), path("/pictures"));
    }

    @AfterAll
    static void stopHdfs() {
        cluster.close();
    }

    @Test
    void preparesVerifiesTrainsEvaluatesAndScoresOnHdfs() throws IOException {
        String shards = hdfs.getUri() + "/shards";
        String model = hdfs.getUri() + "/model";
        Path rows = folder.resolve("row-groups");

        JsonNode prepared = succeeds(
                "prepare",
                Map.of("prepare.source", hdfs.getUri() + "/pictures", "data.shards", shards, "prepare.row-group", "16"),
                List.of("--json"));
        assertThat(prepared.get("train").asInt()).isEqualTo(60);
        JsonNode verified = succeeds("verify", Map.of(), List.of("--shards", shards, "--json"));
        assertThat(verified.get("ok").asBoolean()).isTrue();
        JsonNode trained = succeeds(
                "train",
                Map.of(
                        "data.shards",
                        shards,
                        "model.dir",
                        model,
                        "model.depth",
                        "8",
                        "train.epochs",
                        "2",
                        "train.batch-size-per-replica",
                        "8",
                        "averaging.every",
                        "4",
                        "optimizer.warmup-epochs",
                        "0",
                        "data.augment",
                        "random-resized-crop",
                        "data.color-jitter",
                        "[0.4, 0.4, 0.4, 0.1]",
                        "data.cache-dir",
                        rows.toString()),
                List.of("--json"));
        assertThat(trained.get("training").get("examples").asInt()).isEqualTo(2 * 60);
        JsonNode evaluated = succeeds(
                "evaluate", Map.of(), List.of("--model", model, "--shards", shards, "--split", "validation", "--json"));
        assertThat(evaluated.get("examples").asInt()).isEqualTo(20);

        String table = hdfs.getUri() + "/tables/scores";
        JsonNode scored = succeeds(
                "score",
                Map.of(),
                List.of("--model", model, "--pictures", hdfs.getUri() + "/pictures", "--to", table, "--json"));
        assertThat(scored.get("table").asText()).isEqualTo(table);
        assertThat(scored.get("pictures").asInt()).isEqualTo(80);
        assertThat(scored.get("unreadable").asInt()).isZero();
        assertThat(hdfs.listStatus(path("/tables"))).hasSize(1);
        assertThat(hdfs.listStatus(path("/tables/scores")))
                .hasSize(scored.get("files").asInt());

        assertThat(hdfs.exists(path("/model/model.dl4j.zip"))).isTrue();
        assertThat(hdfs.exists(path("/shards/_lock"))).isFalse();
        try (Stream<Path> files = Files.list(rows)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".rows")))
                    .as("4 row groups to train on and 2 to validate with")
                    .hasSize(6);
        }
    }

    private static JsonNode succeeds(String command, Map<String, String> settings, List<String> more)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        arguments.addAll(more);
        Console console = Console.run(arguments.toArray(String[]::new));
        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        return JSON.readTree(console.out());
    }

    private static org.apache.hadoop.fs.Path path(String text) {
        return new org.apache.hadoop.fs.Path(text);
    }
}
