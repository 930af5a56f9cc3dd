package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.intake.OddPictures;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.PrepareFailures;
import io.github.resnetspark.message.data.PrepareReasons;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.prepare.ShardResult.ShardSummary;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.format.PictureSources;
import io.github.resnetspark.source.format.Pictures;
import io.github.resnetspark.source.format.SmallIlsvrc2012;
import io.github.resnetspark.spark.LocalSpark;
import io.github.resnetspark.verify.VerifyJob;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareJobIT {
    private static final String[] CLASSES = {"bird", "cat", "dog"};

    @TempDir
    Path folder;

    private final PrepareJob job = new PrepareJob(LocalSpark.context());
    private Path source;
    private Path shards;

    @BeforeEach
    void makeASource() throws IOException {
        source = folder.resolve("source");
        shards = folder.resolve("shards");
        Pictures.classFolders(source, 20, CLASSES);
    }

    @Test
    void convertsClassFoldersToShardsWithUnchangedPictures() throws IOException {
        PrepareReport report = run(settings(1));

        assertThat(report)
                .isEqualTo(new PrepareReport(
                        PrepareReport.Outcome.WRITTEN, 90, 60, 30, 0, 6, 0, 3, PassedOver.NONE, List.of()));
        Manifest manifest = manifest();
        assertThat(manifest.classNames()).containsExactly(CLASSES);
        assertThat(manifest.splits().get(0).perClass()).containsExactly(20L, 20L, 20L);
        assertThat(manifest.splits().get(1).perClass()).containsExactly(10L, 10L, 10L);
        assertThat(manifest.channels().pictures()).isEqualTo(60);
        assertThat(manifest.options()).containsEntry("format", "class-folders").containsEntry("seed", "1");
        assertThat(manifest.toolVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        for (ShardRow row : rows(Split.TRAIN)) {
            assertThat(row.bytes()).isEqualTo(Files.readAllBytes(source.resolve(row.path())));
            assertThat(row.path()).startsWith("train/" + CLASSES[row.label()] + "/");
        }
        assertThat(rows(Split.TRAIN).stream().map(ShardRow::path)).doesNotHaveDuplicates();
        assertThat(rows(Split.TRAIN).subList(0, 8).stream().map(ShardRow::label))
                .contains(0, 1, 2);
        assertThat(rows(Split.VALIDATION).stream().map(ShardRow::path)).isSorted();
        assertThat(names()).allMatch(name -> name.matches("manifest.json|(train|validation)-.*parquet"));
    }

    @Test
    void sourceAndSeedDetermineEveryByte() throws IOException {
        run(settings(1));
        Map<String, String> first = contents();
        Files.move(shards, folder.resolve("first"));
        run(settings(1));

        assertThat(contents()).isEqualTo(first);
        Files.move(shards, folder.resolve("second"));
        run(settings(2));
        assertThat(contents().get("train-00000-of-00004.parquet"))
                .isNotEqualTo(first.get("train-00000-of-00004.parquet"));
    }

    @Test
    void doesNothingIfTheDirectoryIsComplete() throws IOException {
        run(settings(1));
        Map<String, String> before = contents();

        assertThat(run(settings(1)))
                .isEqualTo(new PrepareReport(
                        PrepareReport.Outcome.NOTHING_TO_DO, 90, 60, 30, 0, 6, 6, 3, PassedOver.NONE, List.of()));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void reshardsWithAnotherSizeAndOrderOfClasses() throws IOException {
        run(settings(1));
        List<ShardRow> validation = rows(Split.VALIDATION);
        Path first = shards;
        shards = folder.resolve("anew");

        PictureSettings square = new PictureSettings(
                PictureCheck.DECODE,
                ResizePolicy.of("square 8"),
                ResizePolicy.NONE,
                PictureSettings.DEFAULT_JPEG_QUALITY);
        PrepareReport report = run(new PrepareSettings(
                        first.toUri().toString(), SourceFormat.AUTO, 1 << 20, 16, 1, 0, List.of("dog", "bird", "cat"))
                .withPictures(square));

        assertThat(report.shards()).isEqualTo(2);
        assertThat(manifest().options()).containsEntry("format", "shards");
        assertThat(rows(Split.TRAIN)).hasSize(60).allSatisfy(row -> {
            assertThat(row.width()).isEqualTo(8);
            assertThat(row.path())
                    .startsWith("train/" + List.of("dog", "bird", "cat").get(row.label()) + "/");
        });
        List<ShardRow> after = rows(Split.VALIDATION);
        assertThat(after.stream().map(ShardRow::path))
                .containsExactlyElementsOf(
                        validation.stream().map(ShardRow::path).toList());
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i).bytes()).isEqualTo(validation.get(i).bytes());
        }
        assertThatThrownBy(() -> run(new PrepareSettings(
                        first.toUri().toString(), SourceFormat.AUTO, 1 << 20, 16, 1, 0, List.of("dog"))))
                .isInstanceOf(SourceException.class)
                .hasMessage(SourceFailures.otherShardClasses("file:" + first, 3));
    }

    @Test
    void preparesAndVerifiesAValidationArchiveAlone() throws IOException {
        Path imagenet = SmallIlsvrc2012.write(folder.resolve("imagenet"), 1, Map.of());

        PrepareReport report = run(PrepareSettings.of(
                imagenet.resolve("ILSVRC2012_img_val.tar").toUri().toString()));

        assertThat(report.train()).isZero();
        assertThat(report.validation()).isEqualTo(6);
        assertThat(manifest().channels().sample()).isEqualTo("every pixel of every stored validation picture");
        assertThat(manifest().channels().pictures()).isEqualTo(6);
        assertThat(new VerifyJob(LocalSpark.context())
                        .run(shards.toUri(), Decoding.ALL)
                        .problems())
                .isEmpty();
    }

    @Test
    void refusesOtherOptionsOrAnotherSource() throws IOException {
        run(settings(1));

        refuses(
                settings(9),
                PrepareFailures.otherDataSet("file:" + shards, PrepareReasons.otherOption("seed", "1", "9")));
        Files.write(source.resolve("train/cat/more.png"), Pictures.png(4, 4, 1));
        refuses(settings(1), PrepareFailures.otherDataSet("file:" + shards, PrepareReasons.otherFiles()));
    }

    @Test
    void distinguishesSourcesWithTheSameFileNamesAndLengths() throws IOException {
        Path one = Files.write(Files.createDirectory(folder.resolve("one")).resolve("a.bin"), Pictures.cifar(9, 1));
        Path two = Files.write(Files.createDirectory(folder.resolve("two")).resolve("a.bin"), Pictures.cifar(9, 2));
        run(PrepareSettings.of(one.toString()));
        refuses(
                PrepareSettings.of(two.toString()),
                PrepareFailures.otherDataSet("file:" + shards, PrepareReasons.otherFiles()));
        Files.delete(shards.resolve("manifest.json"));
        refuses(
                PrepareSettings.of(two.toString()),
                PrepareFailures.otherShard("file:" + shards + "/train-00000-of-00001.parquet"));
    }

    @Test
    void detectsAPictureReplacedByOneOfTheSameLength() throws IOException {
        run(settings(1));
        Path picture = source.resolve("train/cat/cat_3.png");
        byte[] bytes = Files.readAllBytes(picture);
        bytes[bytes.length - 20] ^= 1;
        Files.write(picture, bytes);
        Files.setLastModifiedTime(picture, FileTime.fromMillis(1_700_000_000_000L));

        refuses(settings(1), PrepareFailures.otherDataSet("file:" + shards, PrepareReasons.otherFiles()));
    }

    @Test
    void counts16BitPicturesThatBecomeDarkAndTreatsStretchingAsAnotherPreparation() throws IOException {
        Files.write(source.resolve("train/cat/deep.png"), OddPictures.deepPng(16, 8, 4095));
        PictureSettings stretching =
                new PictureSettings(PictureCheck.DECODE, ResizePolicy.NONE, ResizePolicy.NONE, 95, SixteenBit.STRETCH);
        run(settings(1));

        assertThat(manifest().options()).containsEntry("sixteen-bit", "high-byte");
        assertThat(darkened()).isEqualTo(1);
        refuses(
                settings(1).withPictures(stretching),
                PrepareFailures.otherDataSet(
                        "file:" + shards, PrepareReasons.otherOption("sixteen-bit", "high-byte", "stretch")));
        shards = folder.resolve("stretched");
        run(settings(1).withPictures(stretching));

        assertThat(manifest().options()).containsEntry("sixteen-bit", "stretch");
        assertThat(darkened()).isZero();
    }

    private long darkened() throws IOException {
        long darkened = 0;
        for (var shard : manifest().shards()) {
            try (ShardReader reader = ShardReader.open(directory().file(shard.name()), new Configuration())) {
                darkened += ShardSummary.fromJson(
                                reader.footer(FooterKeys.CONTRIBUTION).orElseThrow())
                        .orElseThrow()
                        .darkened();
            }
        }
        return darkened;
    }

    @Test
    void keepsACompleteDirectoryOfVersion1AndRefusesADamagedOne() throws IOException {
        run(settings(1));
        String newest = manifest().fingerprint();
        PictureSource pictures = PictureSources.open(settings(1), directory().storage());
        String old =
                Sha256.of(("format-version = 1\ncheck = decode\nformat = class-folders\njpeg-quality = 95\nlabels = \n"
                                + "resize = none\nrow-group = 4\nseed = 1\nshard-size = 2000\nvalidation-resize = none\n"
                                + String.join("\n", pictures.inventory()))
                        .getBytes(StandardCharsets.UTF_8));
        Path file = shards.resolve("manifest.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"formatVersion\" : 2", "\"formatVersion\" : 1")
                        .replace(newest, old));

        assertThat(run(settings(1)).outcome()).isEqualTo(PrepareReport.Outcome.NOTHING_TO_DO);
        refuses(
                settings(9),
                PrepareFailures.otherDataSet("file:" + shards, PrepareReasons.otherOption("seed", "1", "9")));
        Files.delete(shards.resolve("train-00003-of-00004.parquet"));
        refuses(
                settings(1),
                PrepareFailures.oldAndDamaged("file:" + shards, 1, 1, 6, "train-00003-of-00004.parquet", 2));
    }

    @Test
    void doesNotResumeAnUnfinishedRunOfAnEarlierRelease() throws IOException, URISyntaxException {
        Files.createDirectories(shards);
        Files.copy(version1().resolve("train-00000-of-00003.parquet"), shards.resolve("train-00000-of-00004.parquet"));

        refuses(
                settings(1),
                PrepareFailures.otherFormatVersion("file:" + shards + "/train-00000-of-00004.parquet", 1, 2));
    }

    @Test
    void reshardsVersion1ToVersion2() throws IOException, URISyntaxException {
        run(PrepareSettings.of(version1().toString()));

        assertThat(manifest().formatVersion()).isEqualTo(2);
        assertThat(rows(Split.TRAIN)).hasSize(11).allSatisfy(row -> assertThat(row.path())
                .contains("/" + manifest().classNames().get(row.label()) + "/"));
        assertThat(new VerifyJob(LocalSpark.context())
                        .run(shards.toUri(), Decoding.ALL)
                        .problems())
                .isEmpty();
    }

    private static Path version1() throws URISyntaxException {
        return Path.of(PrepareJobIT.class.getResource("/shards-v1").toURI());
    }

    @Test
    void resumesAKilledRunToBitIdenticalShards() throws IOException {
        run(settings(1));
        Map<String, String> whole = contents();
        Files.delete(shards.resolve("manifest.json"));
        Files.delete(shards.resolve("train-00001-of-00004.parquet"));
        cut(shards.resolve("train-00002-of-00004.parquet"), 300);
        Path flipped = shards.resolve("train-00003-of-00004.parquet");
        byte[] bytes = Files.readAllBytes(flipped);
        bytes[500] ^= 1;
        Files.write(flipped, bytes);
        Files.write(shards.resolve("_train-00001-of-00004.parquet.3.tmp"), new byte[70]);

        PrepareReport report = run(settings(1));

        assertThat(report.kept()).isEqualTo(3);
        assertThat(report.outcome()).isEqualTo(PrepareReport.Outcome.WRITTEN);
        assertThat(contents()).isEqualTo(whole);
    }

    @Test
    void writesAShardThatIsMissingFromACompleteDirectory() throws IOException {
        run(settings(1));
        Map<String, String> whole = contents();
        Files.delete(shards.resolve("train-00003-of-00004.parquet"));

        assertThat(run(settings(1)).kept()).isEqualTo(5);
        assertThat(contents()).isEqualTo(whole);
    }

    @Test
    void writesACorruptShardAgain() throws IOException {
        run(settings(1));
        Map<String, String> whole = contents();
        Path flipped = shards.resolve("train-00003-of-00004.parquet");
        for (int at : new int[] {500, (int) Files.size(flipped) - 60}) {
            byte[] bytes = Files.readAllBytes(flipped);
            bytes[at] ^= 1;
            Files.write(flipped, bytes);
            assertThat(new VerifyJob(LocalSpark.context())
                            .run(shards.toUri(), Decoding.ALL)
                            .ok())
                    .isFalse();

            assertThat(run(settings(1)).outcome()).isEqualTo(PrepareReport.Outcome.WRITTEN);
            assertThat(contents()).isEqualTo(whole);
            assertThat(new VerifyJob(LocalSpark.context())
                            .run(shards.toUri(), Decoding.ALL)
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void failsWithTooManyDamagedPicturesAndFinishesWithAHigherLimit() throws IOException {
        cut(source.resolve("train/cat/cat_3.png"), 60);
        Files.write(source.resolve("train/dog/dog_1.png"), new byte[] {1, 2, 3});

        refusesSource(settings(1), source.toUri() + ": 2 pictures cannot be used, but prepare.max-rejected is 0.");
        assertThat(shards.resolve("manifest.json")).doesNotExist();

        PrepareReport report =
                run(new PrepareSettings(source.toUri().toString(), SourceFormat.AUTO, 2000, 4, 1, 2, List.of()));
        assertThat(report.kept()).isEqualTo(6);
        assertThat(report.rejected()).isEqualTo(2);
        assertThat(report.train()).isEqualTo(58);
        assertThat(manifest().quarantined())
                .containsExactlyInAnyOrder(
                        new Quarantined("train/cat/cat_3.png", PictureNotices.pngWithoutEnd()),
                        new Quarantined("train/dog/dog_1.png", PictureNotices.unknownFormat()));
        assertThat(manifest().splits().get(0).perClass()).containsExactly(20L, 19L, 19L);
    }

    @Test
    void theRemedyForADamagedPictureWorks() throws IOException {
        Path broken = source.resolve("train/dog/dog_1.png");
        Files.write(broken, new byte[] {1, 2, 3});

        refusesSource(
                settings(1),
                PrepareFailures.tooManySkipped(
                        source.toUri().toString(), 1, 0, "train/dog/dog_1.png", PictureNotices.unknownFormat()));

        Files.delete(broken);
        shards = folder.resolve("empty");
        assertThat(run(settings(1)).train()).isEqualTo(59);
    }

    @Test
    void skipsPicturesWithAnExtremeAspectRatio() throws IOException {
        Files.write(source.resolve("train/cat/wide.png"), Pictures.png(21846, 1, 1));
        Files.write(source.resolve("train/dog/high.png"), Pictures.png(1, 21846, 1));

        run(new PrepareSettings(source.toUri().toString(), SourceFormat.AUTO, 2000, 4, 1, 2, List.of()));

        assertThat(manifest().quarantined())
                .containsExactlyInAnyOrder(
                        new Quarantined("train/cat/wide.png", PictureNotices.tooLong(21846, 1, 256)),
                        new Quarantined("train/dog/high.png", PictureNotices.tooLong(1, 21846, 256)));
    }

    @Test
    void leavesNothingBehindIfTheSourceIsMissing() {
        PrepareSettings settings =
                PrepareSettings.of(folder.resolve("nowhere").toUri().toString());

        refusesSource(settings, SourceFailures.missing("file:" + folder + "/nowhere"));
        assertThat(shards).doesNotExist();
    }

    @Test
    void detectsALabelOutOfRangeBeforeWriting() throws IOException {
        byte[] records = Pictures.cifar(30, 1);
        records[3073 * 12] = 77;
        Path file = Files.write(folder.resolve("data_batch_1.bin"), records);

        refusesSource(
                PrepareSettings.of(file.toUri().toString()),
                ArchiveFailures.damagedCifar10(
                        "file:" + file, List.of(SourceReasons.recordLabel("data_batch_1.bin", 12, 77))));
        assertThat(shards).doesNotExist();
    }

    @Test
    void unpacksAnArchiveAndDeletesTheUnpackedFilesAfterwards() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put("cifar-10-batches-bin/data_batch_1.bin", Pictures.cifar(700, 1));
        entries.put("cifar-10-batches-bin/test_batch.bin", Pictures.cifar(40, 2));
        Path archive = Files.write(folder.resolve("cifar.tar"), Pictures.tar(entries));

        PrepareReport report = run(PrepareSettings.of(archive.toUri().toString()));

        assertThat(report)
                .isEqualTo(new PrepareReport(
                        PrepareReport.Outcome.WRITTEN, 740, 700, 40, 0, 2, 0, 10, PassedOver.NONE, List.of()));
        assertThat(manifest().shards().get(0).rowGroups()).containsExactly(256, 256, 188);
        assertThat(names())
                .containsExactly("manifest.json", "train-00000-of-00001.parquet", "validation-00000-of-00001.parquet");
        assertThat(rows(Split.VALIDATION).get(39).path()).isEqualTo("test_batch.bin#39");
    }

    @Test
    void refusesADirectoryWithOtherFilesAndDoesNotChangeIt() throws IOException {
        Files.createDirectories(shards);
        Files.writeString(shards.resolve("thesis.txt"), "words");
        Files.writeString(shards.resolve("_notes.tmp"), "more words");
        Path work = Files.createDirectories(shards.resolve("_staging"));
        Files.writeString(work.resolve("work.sql"), "select 1");

        refuses(settings(1), PrepareFailures.foreignFiles("file:" + shards, "thesis.txt"));
        assertThat(names()).containsExactly("_notes.tmp", "_staging", "thesis.txt");
        assertThat(work.resolve("work.sql")).hasContent("select 1");
    }

    @Test
    void keepsHiddenFilesOfOthers() throws IOException {
        Files.createDirectories(shards.resolve("_staging"));
        Files.writeString(shards.resolve("_notes.tmp"), "words");
        Files.writeString(shards.resolve("_notes.3.tmp"), "words");
        Files.writeString(shards.resolve("_manifest.json.0.tmp"), "half a manifest");

        run(settings(1));

        assertThat(names()).contains("_staging", "_notes.tmp", "_notes.3.tmp").doesNotContain("_manifest.json.0.tmp");
    }

    @Test
    void neverOverwritesShardsOfAnotherPreparation() throws IOException {
        run(settings(1));
        Files.delete(shards.resolve("manifest.json"));
        Map<String, String> before = contents();

        refuses(settings(2), PrepareFailures.otherShard("file:" + shards + "/train-00000-of-00004.parquet"));
        assertThat(contents()).isEqualTo(before);
    }

    /** Row groups of 4 and shards of about 2000 bytes, so that few pictures make several shards. */
    private PrepareSettings settings(long seed) {
        return new PrepareSettings(source.toUri().toString(), SourceFormat.AUTO, 2000, 4, seed, 0, List.of());
    }

    private PrepareReport run(PrepareSettings settings) throws IOException {
        return job.run(settings, shards.toString());
    }

    private void refuses(PrepareSettings settings, String message) {
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(ShardException.class)
                .hasMessage(message);
    }

    private void refusesSource(PrepareSettings settings, String message) {
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(message);
    }

    private ShardDirectory directory() {
        return new ShardDirectory(new org.apache.hadoop.fs.Path(shards.toUri()), new Configuration());
    }

    private Manifest manifest() {
        return directory().readManifest();
    }

    private List<ShardRow> rows(Split split) throws IOException {
        List<ShardRow> rows = new ArrayList<>();
        for (var shard : manifest().shards(split)) {
            try (ShardReader reader = ShardReader.open(directory().file(shard.name()), new Configuration())) {
                for (int group = 0; group < reader.rowGroups(); group++) {
                    rows.addAll(reader.readRowGroup(group));
                }
            }
        }
        return rows;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(shards)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : names()) {
            contents.put(name, Arrays.toString(Files.readAllBytes(shards.resolve(name))));
        }
        return contents;
    }

    private static void cut(Path file, int length) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }
}
