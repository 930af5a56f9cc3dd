package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.message.data.TableReasons;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PassedOver.Kind;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.PrepareSettings.TableFiles;
import io.github.resnetspark.source.PrepareSettings.TableSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.format.Pictures;
import io.github.resnetspark.spark.LocalSpark;
import io.github.resnetspark.verify.VerifyJob;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tables that a real Spark writes, prepared and compared with the same pictures in class folders. */
class PrepareTableIT {
    private static final String[] CLASSES = {"bird", "cat", "dog"};
    private static final StructType HUGGING_FACE = DataTypes.createStructType(List.of(
            field(
                    "image",
                    DataTypes.createStructType(
                            List.of(field("bytes", DataTypes.BinaryType), field("path", DataTypes.StringType)))),
            field("label", DataTypes.LongType),
            field("split", DataTypes.StringType)));
    private static final StructType ENCODED = DataTypes.createStructType(List.of(
            field("content", DataTypes.BinaryType),
            field("class", DataTypes.StringType),
            field("part", DataTypes.StringType)));
    private static final StructType NAMED = DataTypes.createStructType(List.of(
            field("image", DataTypes.StringType),
            field("label", DataTypes.StringType),
            field("split", DataTypes.StringType)));

    @TempDir
    Path folder;

    private final PrepareJob job = new PrepareJob(LocalSpark.context());
    private Path pictures;
    private List<String> paths;

    @BeforeEach
    void drawPictures() throws IOException {
        pictures = folder.resolve("pictures");
        Pictures.classFolders(pictures, 20, CLASSES);
        try (Stream<Path> files = Files.walk(pictures)) {
            paths = new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> pictures.relativize(file).toString())
                    .toList());
        }
        Collections.shuffle(paths, new Random(1));
    }

    @Test
    void aTableOfPathsGivesTheSameRowsAsClassFolders() throws IOException {
        write(paths.stream().map(path -> named(path, label(path), split(path))).toList(), NAMED, 3)
                .write()
                .option("header", "true")
                .csv(pictures.resolve("labels").toString());

        PrepareReport report = prepare(
                settings(
                        pictures.resolve("labels").toString(), columns("image", "label", "split", pictures.toString())),
                "shards");
        prepare(settings(pictures.toString(), SourceFormat.CLASS_FOLDERS), "expected");

        assertThat(report.written()).isEqualTo(90);
        assertThat(manifest("shards").classNames()).containsExactly(CLASSES);
        assertThat(manifest("shards").splits()).isEqualTo(manifest("expected").splits());
        assertThat(manifest("shards").channels()).isEqualTo(manifest("expected").channels());
        for (Split split : Split.values()) {
            assertThat(rows("shards", split)).usingRecursiveComparison().isEqualTo(rows("expected", split));
        }
        assertThat(verified("shards")).isTrue();
    }

    @Test
    void encodedPicturesGiveTheSamePicturesAndLabelsAsClassFolders() throws IOException {
        Dataset<Row> table = write(
                paths.stream()
                        .map(path -> RowFactory.create(bytes(path), label(path), split(path)))
                        .toList(),
                ENCODED,
                4);
        table.write().parquet(folder.resolve("table").toString());
        PrepareSettings settings =
                settings(folder.resolve("table").toString(), columns("content", "class", "part", ""));

        prepare(settings, "shards");
        prepare(settings(pictures.toString(), SourceFormat.CLASS_FOLDERS), "expected");

        for (Split split : Split.values()) {
            assertThat(unordered("shards", split)).isEqualTo(unordered("expected", split));
        }
        assertThat(rows("shards", Split.TRAIN).get(0).path()).matches("sha256-[0-9a-f]{64}");
        assertThat(verified("shards")).isTrue();
        assertThat(names("shards")).allMatch(name -> name.matches("manifest.json|(train|validation)-.*parquet"));
        // The rows decide, not the files that they are in.
        table.repartition(2)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(folder.resolve("table").toString());
        assertThat(prepare(settings, "shards").outcome()).isEqualTo(PrepareReport.Outcome.NOTHING_TO_DO);
    }

    @Test
    void readsWhatHuggingFaceWrites() throws IOException {
        Dataset<Row> table = write(
                paths.stream()
                        .map(path -> RowFactory.create(
                                RowFactory.create(bytes(path), path),
                                (long) Arrays.asList(CLASSES).indexOf(label(path)),
                                split(path)))
                        .toList(),
                HUGGING_FACE,
                3);
        // Files of a split in a folder of its own.
        table.write().partitionBy("split").parquet(folder.resolve("table").toString());

        prepare(settings(folder.resolve("table").toString(), columns("image", "label", "split", "")), "shards");
        prepare(settings(pictures.toString(), SourceFormat.CLASS_FOLDERS), "expected");

        assertThat(manifest("shards").classNames()).containsExactly("0", "1", "2");
        for (Split split : Split.values()) {
            assertThat(rows("shards", split)).usingRecursiveComparison().isEqualTo(rows("expected", split));
        }
    }

    @ParameterizedTest
    @EnumSource(value = TableFiles.class, names = "AUTO", mode = Mode.EXCLUDE)
    void readsEveryKindOfFile(TableFiles kind) throws IOException {
        Dataset<Row> table = write(
                paths.stream()
                        .map(path -> named(pictures.resolve(path).toUri().toString(), label(path), split(path)))
                        .toList(),
                NAMED,
                2);
        String to = folder.resolve("table [1]").toString();
        switch (kind) {
            case PARQUET -> table.write().parquet(to);
            case ORC -> table.write().orc(to);
            case JSON -> table.write().option("compression", "gzip").json(to);
            case CSV, TSV, AUTO ->
                table.write()
                        .option("header", "true")
                        .option("sep", kind == TableFiles.TSV ? "\t" : ",")
                        .option("compression", "gzip")
                        .csv(to);
        }
        if (kind == TableFiles.TSV) {
            // Spark's writer always calls them csv.
            rename(Path.of(to), ".csv.gz", ".tsv.gz");
        }

        PrepareReport report = prepare(settings(to, columns("image", "LABEL", "split", "")), "shards");

        assertThat(report.train()).isEqualTo(60);
        assertThat(report.validation()).isEqualTo(30);
        assertThat(manifest("shards").classNames()).containsExactly(CLASSES);
    }

    @Test
    void findsFilesInPartitionsByEndingsInUpperCase() throws IOException {
        for (String split : List.of("train", "validation")) {
            Path part = Files.createDirectories(folder.resolve("table/split=" + split));
            StringBuilder lines = new StringBuilder("image\tlabel\n");
            paths.stream()
                    .filter(path -> split(path).equals(split.equals("train") ? "train" : "val"))
                    .forEach(path -> lines.append(path + "\t" + label(path) + "\n"));
            Files.writeString(part.resolve("rows.TSV"), lines);
            Files.writeString(part.resolve("notes.txt"), "no row");
        }
        PrepareSettings settings =
                settings(folder.resolve("table").toString(), columns("image", "label", "split", pictures.toString()));

        PrepareReport report = prepare(settings, "shards");

        assertThat(report.train()).isEqualTo(60);
        assertThat(report.validation()).isEqualTo(30);
        Files.writeString(folder.resolve("table/split=train/more.csv"), "image,label\n");
        refuses(
                settings,
                TableFailures.severalKinds(
                        folder.resolve("table").toString(), List.of("csv", "tsv"), "prepare.table-files"));
        TableSettings tabbed = new TableSettings(TableFiles.TSV, "image", "label", "split", pictures.toString());
        assertThat(prepare(settings.withTable(tabbed), "tabbed").written()).isEqualTo(90);
    }

    @Test
    void negativeNumbersInCsvMarkPicturesWithoutALabel() throws IOException {
        Path csv = pictures.resolve("labels.csv");
        Files.writeString(csv, "image,label\ntrain/cat/cat_0.png,0\ntrain/dog/dog_0.png,1\ntrain/dog/dog_1.png,-1\n");
        PrepareSettings settings = new PrepareSettings(csv.toString(), SourceFormat.TABLE, 2000, 4, 1, 1, List.of());

        prepare(settings, "shards");

        assertThat(manifest("shards").classNames()).containsExactly("0", "1");
        assertThat(manifest("shards").quarantined())
                .containsExactly(new Quarantined("train/dog/dog_1.png", SourceNotices.rowWithoutLabel()));
        Files.writeString(csv, "image,label\ntrain/cat/cat_0.png,-a\ntrain/dog/dog_0.png,-1\n");
        prepare(settings, "names");
        assertThat(manifest("names").classNames()).containsExactly("-1", "-a");
    }

    private static void rename(Path folder, String ending, String other) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(ending)) {
                    Files.move(file, Path.of(file.toString().replace(ending, other)));
                }
            }
        }
    }

    @Test
    void readsATableOfTheCatalogByItsName() throws IOException {
        write(
                        paths.stream()
                                .map(path -> named(pictures.resolve(path).toString(), label(path), split(path)))
                                .toList(),
                        NAMED,
                        2)
                .createOrReplaceTempView("photos");

        prepare(settings("photos", columns("image", "label", "split", "")), "shards");

        assertThat(manifest("shards").splits().get(0).perClass()).containsExactly(20L, 20L, 20L);
        assertThat(manifest("shards").options())
                .containsEntry("format", "table")
                .containsEntry("picture-column", "image")
                .containsEntry("split-column", "split");
        write(List.of(named("a.png", "cat", "train")), NAMED, 1).createOrReplaceTempView("photos");
        refuses(settings("photos", columns("image", "label", "", "")), TableFailures.relativePaths("photos", "a.png"));
        assertThatThrownBy(() -> prepare(settings("nothing", TableSettings.DEFAULT), "other"))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("nothing cannot be read as a table (");
    }

    @Test
    void aFileIsDetectedByItsName() throws IOException {
        Path csv = pictures.resolve("labels.csv");
        Files.writeString(
                csv, "\uFEFFimage,label\r\n\"train/cat/cat_0.png\",\"a \"\"b\"\", c\"\r\ntrain/dog/dog_0.png, dog\r\n");

        prepare(PrepareSettings.of(csv.toString()), "shards");

        assertThat(manifest("shards").classNames()).containsExactly("a \"b\", c", "dog");
        assertThat(manifest("shards").options()).containsEntry("format", "table");
    }

    @Test
    void resumesWithTheSameRowsInTheSameShards() throws IOException {
        write(
                        paths.stream()
                                .map(path -> RowFactory.create(bytes(path), label(path), split(path)))
                                .toList(),
                        ENCODED,
                        3)
                .write()
                .parquet(folder.resolve("table").toString());
        PrepareSettings settings =
                settings(folder.resolve("table").toString(), columns("content", "class", "part", ""));
        prepare(settings, "shards");
        Map<String, String> complete = contents("shards");
        Files.delete(folder.resolve("shards/manifest.json"));
        Files.delete(folder.resolve("shards/train-00001-of-00004.parquet"));
        Path staging = Files.createDirectories(
                folder.resolve("shards/_staging-" + job.fingerprint(settings).substring(0, 16)));
        Files.writeString(staging.resolve("part-0-0"), "half of a picture");

        PrepareReport report = prepare(settings, "shards");

        assertThat(report.kept()).isEqualTo(report.shards() - 1);
        assertThat(contents("shards")).isEqualTo(complete);
    }

    @Test
    void namesEveryWrongColumnAndTheColumnsThatThereAre() {
        write(List.of(RowFactory.create(new byte[1], "cat", "train")), ENCODED, 1)
                .createOrReplaceTempView("photos");

        refuses(
                settings("photos", columns("image", "content", "part", "")),
                TableFailures.unusableColumns(
                        "photos",
                        List.of(
                                TableReasons.noColumn("picture-column", "image"),
                                TableReasons.otherType("label-column", "content", "binary", TableReasons.labelTypes())),
                        List.of("content", "class", "part")));
    }

    @Test
    void rejectsRowsWithoutAPictureALabelOrASplit() throws IOException {
        List<Row> rows = new ArrayList<>(List.of(
                named(null, "cat", "train"),
                named("train/cat/cat_1.png", null, "train"),
                named("train/cat/cat_2.png", "cat", null),
                named("train/cat/none.png", "cat", "train"),
                named("train/cat", "cat", "train"),
                named("https://127.0.0.1/x.png", "cat", "train"),
                named("train/cat/cat_3.png", "cat", "train"),
                named("train/cat/../cat/cat_3.png", "dog", "train"),
                named("train/cat/cat_4.png", "cat", "train"),
                named("train/cat/cat_4.png", " cat ", "Training"),
                named("train/cat/cat_4.png", "cat", "train"),
                named("train/dog/dog_1.png", "dog", "validation"),
                named("train/dog/dog_2.png", "dog", "test")));
        write(rows, NAMED, 2).createOrReplaceTempView("photos");
        PrepareSettings settings = new PrepareSettings("photos", SourceFormat.TABLE, 2000, 4, 1, 8, List.of())
                .withTable(columns("image", "label", "split", pictures.toString()));

        PrepareReport report = prepare(settings, "shards");

        assertThat(manifest("shards").quarantined())
                .containsExactlyInAnyOrder(
                        new Quarantined(TableReasons.unnamedRow("cat"), SourceNotices.rowWithoutPicture()),
                        new Quarantined("train/cat/cat_1.png", SourceNotices.rowWithoutLabel()),
                        new Quarantined("train/cat/cat_2.png", SourceNotices.rowWithoutSplit()),
                        new Quarantined("train/cat/none.png", SourceNotices.missingFile()),
                        new Quarantined("train/cat", SourceNotices.notAPath()),
                        new Quarantined("https://127.0.0.1/x.png", SourceNotices.notAPath()),
                        new Quarantined("train/cat/cat_3.png", SourceNotices.contradictoryRows()),
                        new Quarantined("train/cat/../cat/cat_3.png", SourceNotices.contradictoryRows()));
        assertThat(report.written()).isEqualTo(2);
        assertThat(report.passedOver().count(Kind.REPEATED_ROWS)).isEqualTo(2);
        assertThat(report.passedOver().count(Kind.TEST_ROWS)).isEqualTo(1);
    }

    @Test
    void aTestSplitValidatesIfNothingElseDoes() throws IOException {
        write(
                        List.of(
                                named("train/cat/cat_1.png", "cat", "train"),
                                named("train/dog/dog_1.png", "dog", "train"),
                                named("train/dog/dog_2.png", "dog", "test")),
                        NAMED,
                        1)
                .createOrReplaceTempView("photos");

        PrepareReport report =
                prepare(settings("photos", columns("image", "label", "split", pictures.toString())), "shards");

        assertThat(report.validation()).isEqualTo(1);
        assertThat(report.warnings()).contains(SourceNotices.testRowsUsedAsValidation("photos"));
        write(List.of(named("train/cat/cat_1.png", "cat", "fold 1")), NAMED, 1).createOrReplaceTempView("photos");
        refuses(
                settings("photos", columns("image", "label", "split", pictures.toString())),
                TableFailures.unknownSplits("photos", "split", List.of("fold 1")));
    }

    @Test
    void saysAtOnceThatTheFolderOrTheColumnIsWrong() {
        write(List.of(named("x/cat_1.png", "cat", "train"), named("x/dog_1.png", "dog", "train")), NAMED, 1)
                .createOrReplaceTempView("photos");

        refuses(
                settings("photos", columns("image", "label", "", pictures.toString())),
                TableFailures.noPictureExists("photos", 2, "x/cat_1.png", "file:" + pictures));
        write(List.of(), NAMED, 1).createOrReplaceTempView("photos");
        refuses(settings("photos", TableSettings.DEFAULT), TableFailures.noRows("photos"));
    }

    private PrepareSettings settings(String source, TableSettings table) {
        return settings(source, SourceFormat.TABLE).withTable(table);
    }

    /** Row groups of 4 and shards of about 2000 bytes, so that few pictures make several shards. */
    private static PrepareSettings settings(String source, SourceFormat format) {
        return new PrepareSettings(source, format, 2000, 4, 1, 0, List.of());
    }

    private static TableSettings columns(String picture, String label, String split, String base) {
        return new TableSettings(TableFiles.AUTO, picture, label, split, base);
    }

    private PrepareReport prepare(PrepareSettings settings, String to) throws IOException {
        return job.run(settings, folder.resolve(to).toString());
    }

    private void refuses(PrepareSettings settings, String message) {
        assertThatThrownBy(() -> prepare(settings, "refused"))
                .isInstanceOf(SourceException.class)
                .hasMessage(message);
    }

    private boolean verified(String shards) throws IOException {
        return new VerifyJob(LocalSpark.context())
                .run(folder.resolve(shards).toUri(), Decoding.ALL)
                .ok();
    }

    private static Dataset<Row> write(List<Row> rows, StructType schema, int files) {
        return LocalSpark.session().createDataFrame(rows, schema).repartition(files);
    }

    private static Row named(String path, String label, String split) {
        return RowFactory.create(path, label, split);
    }

    private static String label(String path) {
        return Path.of(path).getName(1).toString();
    }

    private static String split(String path) {
        return Path.of(path).getName(0).toString();
    }

    private byte[] bytes(String path) {
        try {
            return Files.readAllBytes(pictures.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StructField field(String name, DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }

    private Manifest manifest(String shards) {
        return new WrittenShards(folder.resolve(shards)).manifest();
    }

    private List<ShardRow> rows(String shards, Split split) throws IOException {
        return new WrittenShards(folder.resolve(shards)).rows(split);
    }

    private List<String> unordered(String shards, Split split) throws IOException {
        return rows(shards, split).stream()
                .map(row -> row.label() + " " + row.width() + " " + Arrays.toString(row.bytes()))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private List<String> names(String shards) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(shards))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Map<String, String> contents(String shards) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : names(shards)) {
            contents.put(
                    name,
                    Arrays.toString(Files.readAllBytes(folder.resolve(shards).resolve(name))));
        }
        return contents;
    }
}
