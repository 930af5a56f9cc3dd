package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.message.model.PictureNotices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a model and then uses it. */
class PredictAndScoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONF = Path.of("..", "conf", "quickstart.conf").toString();

    @TempDir
    static Path shared;

    private static Path model;
    private static Path shards;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        Console trained = Console.run(
                "quickstart",
                "--conf",
                CONF,
                "--set",
                "train.epochs=6",
                "--dir",
                shared.resolve("quickstart").toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        model = shared.resolve("quickstart/model");
        shards = shared.resolve("quickstart/shards");
    }

    @Test
    void predictClassifiesPicturesCorrectly() throws IOException {
        List<String> command = new ArrayList<>(List.of("predict", "--model", model.toString(), "--json"));
        for (String label : PictureSet.classes()) {
            for (int i = 0; i < 5; i++) {
                command.add(shared.resolve("quickstart/pictures/validation")
                        .resolve(label)
                        .resolve(String.format(Locale.ROOT, "%04d.png", i))
                        .toString());
            }
        }

        Console console = Console.run(command.toArray(String[]::new));

        assertThat(console.code()).as(console.err()).isZero();
        JsonNode report = JSON.readTree(console.out());
        assertThat(report).hasSize(50);
        int right = 0;
        for (JsonNode picture : report) {
            assertThat(picture.get("top")).hasSize(5);
            String truth = Path.of(picture.get("path").asText())
                    .getParent()
                    .getFileName()
                    .toString();
            right += picture.get("top").get(0).get("label").asText().equals(truth) ? 1 : 0;
        }
        // Chance is 5. How good the model is after six epochs depends on the processor, whose instructions round
        // differently.
        assertThat(right).isGreaterThan(15);
    }

    @Test
    void scoresAThousandPicturesOfWhichThreeAreBroken() throws IOException {
        Path pictures = folder.resolve("a thousand");
        new PictureSet(80, 20, 5).write(pictures);
        Path empty = pictures.resolve("train/star/0003.png");
        Path text = pictures.resolve("train/star/0011.png");
        Path cut = pictures.resolve("validation/star/0007.png");
        Files.write(empty, new byte[0]);
        Files.writeString(text, "not a picture");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 200));
        Files.writeString(pictures.resolve("notes.txt"), "mine");
        Path table = folder.resolve("tables/scores");

        Console console = score("--pictures", pictures.toString(), "--to", table.toString(), "--json");

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        JsonNode report = JSON.readTree(console.out());
        assertThat(report.get("pictures").asInt()).isEqualTo(1000);
        assertThat(report.get("unreadable").asInt()).isEqualTo(3);
        assertThat(report.get("ignored").asInt()).isEqualTo(1);
        assertThat(names(folder.resolve("tables"))).containsExactly("scores");
        assertThat(names(table))
                .hasSize(report.get("files").asInt())
                .allMatch(name -> name.matches("part-\\d{5}\\.parquet"));
        Map<String, Row> rows = rows(table);
        assertThat(rows).hasSize(1000);
        int right = 0;
        for (Row row : rows.values()) {
            if (row.isNullAt(3)) {
                List<Float> probabilities = row.getList(2);
                assertThat(row.getList(1)).hasSize(5).doesNotHaveDuplicates();
                assertThat(probabilities).hasSize(5).isSortedAccordingTo(Comparator.reverseOrder());
                right += row.getString(0).contains("/" + row.getList(1).get(0) + "/") ? 1 : 0;
            } else {
                assertThat(row.isNullAt(1)).isTrue();
                assertThat(row.isNullAt(2)).isTrue();
            }
        }
        assertThat(right).isGreaterThan(500);
        assertThat(rows.get("train/star/0003.png").getString(3)).isEqualTo(PictureNotices.empty());
        assertThat(rows.get("train/star/0011.png").getString(3)).isEqualTo(PictureNotices.unknownFormat());
        assertThat(rows.get("validation/star/0007.png").getString(3)).startsWith("The picture is ");
    }

    @Test
    void countsTheErrorsThatEvaluateCounts() throws IOException {
        Path table = folder.resolve("scores");

        Console console = score("--pictures", shards.toString(), "--split", "validation", "--to", table.toString());

        assertThat(console.err()).isEmpty();
        assertThat(console.out())
                .matches(
                        "500 pictures in [0-9.]+ s, [0-9,]+ images/s\\. Unreadable: 0\\. Skipped files: 0\\. Table: file:"
                                + table + "\n");
        long right = rows(table).values().stream()
                .filter(row -> row.getString(0).contains("/" + row.getList(1).get(0) + "/"))
                .count();
        JsonNode figures =
                JSON.readTree(Files.readString(model.resolve("metrics.json"))).get("validation");
        assertThat(right).isEqualTo(500 - figures.get("errors").asInt());
    }

    @Test
    void neverOverwritesAndLeavesNothingBehind() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Path none = Files.createDirectory(folder.resolve("none"));

        Console overwriting = score("--pictures", shards.toString(), "--to", taken.toString());
        Console nothing = score(
                "--pictures", none.toString(), "--to", folder.resolve("scores").toString());
        Console split = score(
                "--pictures",
                none.toString(),
                "--split",
                "train",
                "--to",
                folder.resolve("scores").toString());

        assertThat(overwriting.code()).isEqualTo(2);
        assertThat(overwriting.err()).isEqualTo(ScoreFailures.tableExists("file:" + taken) + "\n");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).isEqualTo(ScoreFailures.noPictures("file:" + none) + "\n");
        assertThat(split.err()).isEqualTo(ScoreFailures.folderHasNoSplits("train", "file:" + none) + "\n");
        assertThat(names(folder)).containsExactly("none", "taken");
    }

    private static Console score(String... more) {
        return Console.run(Stream.concat(Stream.of("score", "--model", model.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    /** The rows by path, read with Spark like any table. */
    private Map<String, Row> rows(Path table) throws IOException {
        try (SparkSession spark = LocalSpark.session(folder)) {
            var scores = spark.read().parquet(table.toString());
            assertThat(scores.schema().toDDL())
                    .isEqualTo("path STRING,labels ARRAY<STRING>,probabilities ARRAY<FLOAT>,error STRING");
            return scores.collectAsList().stream()
                    .collect(Collectors.toMap(row -> row.getString(0), Function.identity()));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
