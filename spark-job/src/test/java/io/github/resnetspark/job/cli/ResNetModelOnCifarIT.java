package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.score.ResNetModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/** A published network on the shards of CIFAR-10's test pictures, as a stage of Spark ML and with {@code score}. */
class ResNetModelOnCifarIT {
    @TempDir
    Path folder;

    @Test
    void makesThePublishedErrorsAndScoresLikeTheCommand() throws IOException {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(data != null, "RESNET_SPARK_TEST_DATA is not set: no published network");
        Path shards = prepared(Path.of(data, "cifar10"));
        Path model = imported(Path.of(data, "cifar10-weights", "resnet20.npz"));
        succeed(
                "score",
                "--model",
                model.toString(),
                "--pictures",
                shards.toString(),
                "--split",
                "validation",
                "--to",
                folder.resolve("scores").toString());

        try (SparkSession spark = LocalSpark.session(folder)) {
            Dataset<Row> scored = ResNetModel.load(model.toUri().toString())
                    .transform(spark.read().parquet(shards + "/validation-*.parquet"))
                    .cache();
            List<Row> rows = scored.selectExpr("image.path", "label", "prediction", "predictedLabel", "probability")
                    .collectAsList();

            assertThat(rows).hasSize(10_000);
            assertThat(new MulticlassClassificationEvaluator()
                            .setMetricName("accuracy")
                            .evaluate(scored))
                    .isCloseTo(0.9173, within(1e-4));
            assertThat(rows.stream().filter(row -> row.getLong(1) != (long) row.getDouble(2)))
                    .hasSizeBetween(826, 828);
            Map<String, Row> scores = spark
                    .read()
                    .parquet(folder.resolve("scores").toString())
                    .collectAsList()
                    .stream()
                    .collect(Collectors.toMap(row -> row.getString(0), row -> row));
            for (Row row : rows) {
                Row score = scores.get(row.getString(0));
                assertThat(row.getString(3)).isEqualTo(score.<String>getList(1).get(0));
                assertThat(row.<Vector>getAs(4).apply((int) row.getDouble(2)))
                        .isCloseTo(score.<Float>getList(2).get(0), within(1e-5));
            }
        }
    }

    /** All test pictures, and a few to train on, which the format demands. */
    private Path prepared(Path cifar) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.copy(cifar.resolve("train_100_per_class.bin"), source.resolve("train_100_per_class.bin"));
        try (InputStream file = Files.newInputStream(cifar.resolve("cifar-10-binary.tar.xz"));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(file))) {
            ArchiveEntry entry = tar.getNextEntry();
            while (!entry.getName().endsWith("test_batch.bin")) {
                entry = tar.getNextEntry();
            }
            Files.copy(tar, source.resolve("test_batch.bin"));
        }
        Path shards = folder.resolve("shards");
        succeed(
                "prepare",
                "--set",
                "prepare.format=cifar10",
                "--set",
                "prepare.source=" + source.toUri(),
                "--set",
                "data.shards=" + shards.toUri());
        return shards;
    }

    private Path imported(Path weights) {
        Path model = folder.resolve("model");
        succeed(
                "import",
                "--conf",
                Path.of("..", "conf", "cifar10-resnet20.conf").toString(),
                "--weights",
                weights.toString(),
                "--to",
                model.toString(),
                "--set",
                "data.mean=[0.485, 0.456, 0.406]",
                "--set",
                "data.std=[0.229, 0.224, 0.225]");
        return model;
    }

    private static void succeed(String... command) {
        Console console = Console.run(command);
        assertThat(console.code()).as(console.err()).isZero();
    }
}
