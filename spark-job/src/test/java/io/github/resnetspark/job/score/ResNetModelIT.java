package io.github.resnetspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.job.registry.SmallModels;
import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.message.job.ScoreNotices;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An untrained network on drawn pictures, through real Spark. */
class ResNetModelIT {
    @TempDir
    static Path shared;

    private static SparkSession spark;
    private static Path pictures;
    private static Path model;

    @TempDir
    Path folder;

    @BeforeAll
    static void drawPictures() throws IOException {
        spark = LocalSpark.session(shared);
        pictures = shared.resolve("pictures");
        new PictureSet(3, 1, 7).write(pictures);
        model = SmallModels.write(shared, 1, PictureSet.classes());
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Dataset<Row> files(Path from) {
        return spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(from.toString());
    }

    private static ResNetModel opened() throws IOException {
        return ResNetModel.load(model.toUri().toString()).setInputCol("content");
    }

    private static Map<String, Row> byPath(Dataset<Row> scored) {
        return scored.collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("path"), Function.identity(), (a, b) -> a, TreeMap::new));
    }

    @Test
    void predictsWhatThePredictorPredictsAndKeepsTheOtherColumns() throws IOException {
        Dataset<Row> scored = opened().setBatchSize(7).transform(files(pictures).repartition(3));

        assertThat(scored.columns())
                .containsExactly(
                        "path",
                        "modificationTime",
                        "length",
                        "content",
                        "prediction",
                        "predictedLabel",
                        "probability",
                        "error");
        Map<String, Row> rows = byPath(scored);
        assertThat(rows).hasSize(40);
        try (Predictor predictor = Predictor.open(model)) {
            for (Row row : rows.values()) {
                byte[] file = row.getAs("content");
                PictureResult expected = predictor.predictAll(List.of(file)).get(0);
                float[] probabilities = expected.prediction().orElseThrow().probabilities();
                Vector vector = row.getAs("probability");
                assertThat(vector.size()).isEqualTo(10);
                for (int i = 0; i < 10; i++) {
                    assertThat(vector.apply(i)).isCloseTo(probabilities[i], within(1e-5));
                }
                assertThat(row.<Double>getAs("prediction")).isEqualTo(vector.argmax());
                assertThat(row.<String>getAs("predictedLabel"))
                        .isEqualTo(PictureSet.classes().get(vector.argmax()));
                assertThat(row.<String>getAs("error")).isNull();
                assertThat(row.<Long>getAs("length")).isEqualTo(file.length);
            }
        }
    }

    @Test
    void readsBytesStructsAndPixelsAlike() throws IOException {
        Dataset<Row> bytes = files(pictures);
        Dataset<Row> structs = bytes.select(
                functions.col("path"),
                functions
                        .struct(functions.col("path"), functions.col("content").as("bytes"))
                        .as("image"));
        Dataset<Row> pixels = spark.read()
                .format("image")
                .option("recursiveFileLookup", "true")
                .load(pictures.toString())
                .withColumn("path", functions.col("image.origin"));

        Map<String, Row> expected = byPath(opened().transform(bytes));
        for (Dataset<Row> other : List.of(structs, pixels)) {
            Map<String, Row> rows = byPath(opened().setInputCol("image").transform(other));
            // One source writes file:///, the other file:/.
            assertThat(rows.values().stream().map(ResNetModelIT::result))
                    .containsExactlyElementsOf(expected.values().stream()
                            .map(ResNetModelIT::result)
                            .toList());
        }
    }

    private static String result(Row row) {
        String path = row.getAs("path");
        return path.substring(path.indexOf("pictures/")) + row.getAs("predictedLabel") + row.getAs("probability");
    }

    @Test
    void readsGreyAndTransparentPixels() {
        byte[] grey = BgrPixels.bmp(3, 2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        byte[] opaque = BgrPixels.bmp(1, 1, 4, new byte[] {10, 20, 30, 40});

        var codec = new io.github.resnetspark.image.ImageCodec();
        assertThat(codec.decode(grey).pixels()).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6);
        assertThat(codec.decode(opaque).pixels()).containsExactly(30, 20, 10);
    }

    @Test
    void saysInTheRowWhyThereIsNoPrediction() throws IOException {
        Path mixed = folder.resolve("mixed");
        Files.createDirectories(mixed);
        Files.writeString(mixed.resolve("text.png"), "not a picture");
        Files.copy(pictures.resolve("train/star/0000.png"), mixed.resolve("good.png"));
        Dataset<Row> none = spark.sql("select 'none' as path, cast(null as binary) as content");
        Dataset<Row> empty = spark.sql("select 'empty' as path, cast('' as binary) as content");
        Dataset<Row> rows = files(mixed).select("path", "content").union(none).union(empty);

        Map<String, String> errors = byPath(opened().transform(rows)).entrySet().stream()
                .filter(row -> !row.getValue().isNullAt(row.getValue().fieldIndex("error")))
                .collect(Collectors.toMap(
                        row -> row.getKey().substring(row.getKey().lastIndexOf('/') + 1),
                        row -> row.getValue().getAs("error")));

        assertThat(errors)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "text.png", PictureNotices.unknownFormat(),
                        "empty", PictureNotices.empty(),
                        "none", ScoreNotices.noPicture()));
        Row broken = byPath(opened().transform(none)).get("none");
        assertThat(broken.<Double>getAs("prediction")).isNull();
        assertThat(broken.<String>getAs("predictedLabel")).isNull();
        assertThat(broken.<Vector>getAs("probability")).isNull();
    }

    @Test
    void saysThatAnUnreadableFileOfTheImageSourceHasNoPixels() throws IOException {
        Files.writeString(folder.resolve("text.png"), "not a picture");

        List<Row> rows = opened().setInputCol("image")
                .transform(spark.read().format("image").load(folder.toString()))
                .collectAsList();

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).<String>getAs("error")).isEqualTo(ScoreNotices.noPixels(-1, -1, -1));
    }

    @Test
    void refusesDataFramesThatDoNotFit() throws IOException {
        Dataset<Row> rows = files(pictures);

        assertThatThrownBy(() -> opened().setInputCol("picture").transform(rows))
                .hasMessage(ScoreFailures.noColumn("picture", Arrays.asList(rows.columns())));
        assertThatThrownBy(() -> opened().setInputCol("length").transform(rows))
                .hasMessage(ScoreFailures.columnWithoutPictures("length", "bigint"));
        assertThatThrownBy(() -> opened().setErrorCol("path").transform(rows))
                .hasMessage(ScoreFailures.columnExists("path", "errorCol"));
        assertThatThrownBy(() -> opened().setErrorCol("probability").transform(rows))
                .hasMessage(ScoreFailures.columnExists("probability", "errorCol"));
        assertThatThrownBy(() -> opened().setBatchSize(0)).hasMessageContaining("batchSize");
        assertThatThrownBy(() -> opened().setPrecision("f16")).hasMessageContaining("precision");
        assertThatThrownBy(() -> new ResNetModel("empty").setInputCol("content").transform(rows))
                .hasMessage(ScoreFailures.noModelInStage());
        assertThatThrownBy(() -> ResNetModel.load(pictures.toUri().toString())).isInstanceOf(BundleException.class);
    }

    @Test
    void savedPipelinesHaveTheirModelsAndParameters() throws IOException {
        Path original = SmallModels.write(folder, 2, PictureSet.classes());
        ResNetModel second = ResNetModel.load(original.toUri().toString())
                .setInputCol("content")
                .setPredictionCol("second")
                .setPredictedLabelCol("secondLabel")
                .setProbabilityCol("secondProbability")
                .setErrorCol("secondError")
                .setBatchSize(5);
        PipelineModel pipeline =
                new Pipeline().setStages(new PipelineStage[] {opened(), second}).fit(files(pictures));
        List<Row> expected = results(pipeline);
        String saved = folder.resolve("pipeline").toUri().toString();

        pipeline.write().overwrite().save(saved);
        pipeline.write().overwrite().save(saved);
        Files.move(original, folder.resolve("elsewhere"));
        PipelineModel read = PipelineModel.load(saved);

        assertThat(results(read)).isEqualTo(expected);
        assertThat(expected.get(0).<Vector>getAs("probability"))
                .isNotEqualTo(expected.get(0).<Vector>getAs("secondProbability"));
        ResNetModel stage = (ResNetModel) read.stages()[1];
        assertThat(stage.uid()).isEqualTo(second.uid());
        assertThat(stage.getBatchSize()).isEqualTo(5);
        assertThat(stage.getPredictionCol()).isEqualTo("second");
    }

    /** Without the bytes of the pictures, which rows do not compare by value. */
    private static List<Row> results(PipelineModel pipeline) {
        return pipeline.transform(files(pictures))
                .drop("content")
                .orderBy("path")
                .collectAsList();
    }

    @Test
    void savesAndReadsOneStage() throws IOException {
        String saved = folder.resolve("stage").toUri().toString();
        opened().setBatchSize(3).save(saved);

        for (ResNetModel read : List.of(ResNetModel.read().load(saved), ResNetModel.load(saved))) {
            assertThat(read.getBatchSize()).isEqualTo(3);
            assertThat(read.getInputCol()).isEqualTo("content");
            assertThat(read.transform(files(pictures)).count()).isEqualTo(40);
        }
        assertThatThrownBy(() -> opened().save(saved)).hasMessageContaining("already exists");
    }

    @Test
    void aStageMayOverwriteWhatItWasReadFrom() throws IOException {
        String saved = folder.resolve("my stage").toString();
        opened().save(saved);

        ResNetModel.load(saved).setBatchSize(3).write().overwrite().save(saved);

        assertThat(ResNetModel.load(saved).getBatchSize()).isEqualTo(3);
        assertThat(ResNetModel.load(saved).transform(files(pictures)).count()).isEqualTo(40);
    }

    @Test
    void aTaskThatComputesSeveralPartitionsHasOneNetwork() throws IOException {
        long before = decoders();

        Dataset<Row> scored = opened().setBatchSize(3)
                .transform(files(pictures).repartition(12))
                .coalesce(1);

        List<Long> decoders = scored.toJavaRDD().map(row -> decoders()).collect();
        assertThat(decoders).hasSize(40).allMatch(count -> count <= before + 1);
    }

    /** Threads that decode: each partition that is open has one, and one network. */
    private static long decoders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("score-decoder"))
                .count();
    }

    @Test
    void copiesHaveTheModelAndOtherParameters() throws IOException {
        ResNetModel first = opened();

        ResNetModel copy = first.copy(new ParamMap().put(first.errorCol().w("problem")));

        assertThat(copy.transform(files(pictures)).columns())
                .contains("problem")
                .doesNotContain("error");
        assertThat(first.getErrorCol()).isEqualTo("error");
        assertThat(copy.uid()).isEqualTo(first.uid());
    }

    @Test
    void readsNothingFromAnEmptyDataFrame() throws IOException {
        assertThat(opened().transform(files(pictures).limit(0)).collectAsList()).isEmpty();
    }
}
