package io.github.resnetspark.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.message.data.ManifestFailures;
import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.message.data.VerifyNotices;
import io.github.resnetspark.message.model.JpegReasons;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.format.Pictures;
import io.github.resnetspark.spark.LocalSpark;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyJobIT {
    private static final String FIRST = "train-00000-of-00003.parquet";
    private static final String SECOND = "train-00001-of-00003.parquet";
    private static final String THIRD = "train-00002-of-00003.parquet";
    private static final String VALIDATION = "validation-00000-of-00002.parquet";

    @TempDir
    Path folder;

    private final VerifyJob job = new VerifyJob(LocalSpark.context());
    private Path shards;

    @BeforeEach
    void prepareShards() throws IOException {
        shards = folder.resolve("shards");
        Pictures.classFolders(folder.resolve("source"), 16, "bird", "cat", "dog");
        PrepareSettings settings = new PrepareSettings(
                folder.resolve("source").toUri().toString(), SourceFormat.AUTO, 2000, 4, 1, 0, List.of());
        new PrepareJob(LocalSpark.context()).run(settings, shards.toString());
    }

    @Test
    void findsNoProblemsInShardsWithHeaderChecksAndResizedPictures() throws IOException {
        Path smaller = folder.resolve("smaller");
        PrepareSettings settings = new PrepareSettings(
                        folder.resolve("source").toUri().toString(), SourceFormat.AUTO, 2000, 4, 1, 0, List.of())
                .withPictures(new PictureSettings(
                        PictureCheck.HEADER, ResizePolicy.of("short-side 3"), ResizePolicy.of("square 2"), 90));
        new PrepareJob(LocalSpark.context()).run(settings, smaller.toString());

        assertThat(job.run(smaller.toUri(), Decoding.ALL).problems()).isEmpty();
    }

    @Test
    void findsNoProblemsInIntactShards() throws IOException {
        VerifyJob.VerifyReport all = job.run(shards.toUri(), Decoding.ALL);
        VerifyJob.VerifyReport sample = job.run(shards.toUri(), Decoding.SAMPLE);

        assertThat(all).isEqualTo(new VerifyJob.VerifyReport(72, 72, 5, List.of()));
        assertThat(all.ok()).isTrue();
        assertThat(sample).isEqualTo(new VerifyJob.VerifyReport(72, 5, 5, List.of()));
    }

    @Test
    void findsNoProblemsInVersion1UnlessTheManifestSaysVersion2() throws IOException, URISyntaxException {
        Path stored = Path.of(VerifyJobIT.class.getResource("/shards-v1").toURI());
        shards = folder.resolve("old");
        FileUtils.copyDirectory(stored.toFile(), shards.toFile());
        assertThat(job.run(shards.toUri(), Decoding.ALL)).isEqualTo(new VerifyJob.VerifyReport(15, 15, 4, List.of()));

        Path file = shards.resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));

        assertThat(problems())
                .hasSize(8)
                .startsWith(
                        VerifyNotices.otherFooterVersion(FIRST, "1", 2), VerifyNotices.otherColumnVersion(FIRST, 1, 2));
    }

    @Test
    void findsAFlippedBit() throws IOException {
        flip(SECOND, 400);

        assertThat(problems())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(VerifyNotices.otherSha256(SECOND)),
                        second -> assertThat(second)
                                .startsWith(SECOND + " cannot be read: ")
                                .contains("row group 0 is damaged"));
    }

    @Test
    void findsAMissingATruncatedAndAnExtraShardAtOnce() throws IOException {
        Files.delete(shards.resolve(FIRST));
        byte[] bytes = Files.readAllBytes(shards.resolve(THIRD));
        Files.write(shards.resolve(THIRD), Arrays.copyOf(bytes, 1000));
        Files.copy(shards.resolve(SECOND), shards.resolve("train-00003-of-00003.parquet"));

        assertThat(problems())
                .containsExactly(
                        VerifyNotices.missing(FIRST),
                        VerifyNotices.otherLength(THIRD, 1000, bytes.length),
                        VerifyNotices.unreadable(THIRD, ShardFailures.truncated("file:" + shards + "/" + THIRD, 1000)),
                        VerifyNotices.notListed("train-00003-of-00003.parquet"));
    }

    @Test
    void findsSwappedFiles() throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(shards.resolve(FIRST), aside);
        Files.move(shards.resolve(SECOND), shards.resolve(FIRST));
        Files.move(aside, shards.resolve(SECOND));

        assertThat(problems())
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(problem -> problem.startsWith(FIRST + " has "))
                .anyMatch(problem -> problem.startsWith(SECOND + " has "));
    }

    @Test
    void findsInvalidRowsEvenIfTheChecksumsMatch() throws IOException {
        rewrite(VALIDATION, rows -> {
            List<ShardRow> changed = new ArrayList<>(rows);
            ShardRow row = rows.get(1);
            changed.set(1, new ShardRow(row.bytes(), "a", 3, row.width(), row.height()));
            changed.set(2, new ShardRow(row.bytes(), "b", -1, 9, row.height()));
            changed.set(3, new ShardRow(new byte[] {7}, "c", 0, 1, 1));
            return changed;
        });

        assertThat(problems())
                .containsExactly(
                        VerifyNotices.rowLabel(VALIDATION, 1, "a", 3, 3),
                        VerifyNotices.rowLabel(VALIDATION, 2, "b", -1, 3),
                        VerifyNotices.rowSize(VALIDATION, 2, "b", 6, 4, 9, 4),
                        VerifyNotices.rowUnusable(VALIDATION, 3, "c", PictureNotices.unknownFormat()));
    }

    @Test
    void findsJpegDamageThatLibjpegOnlyWarnsAbout() throws IOException {
        byte[] jpeg = new ImageCodec().encodeJpeg(new RgbImage(64, 64, new byte[64 * 64 * 3]), 95);
        byte[] half = Arrays.copyOf(jpeg, jpeg.length - 8);
        half[half.length - 2] = (byte) 0xff;
        half[half.length - 1] = (byte) 0xd9;
        rewrite(VALIDATION, rows -> {
            List<ShardRow> changed = new ArrayList<>(rows);
            changed.set(1, new ShardRow(half, "a", rows.get(1).label(), 64, 64));
            return changed;
        });

        assertThat(problems())
                .containsExactly(VerifyNotices.rowUnusable(
                        VALIDATION,
                        1,
                        "a",
                        PictureNotices.damagedJpeg(JpegReasons.atRow(JpegReasons.endsEarly(), 48, 64))));
    }

    @Test
    void findsAWrongClassCount() throws IOException {
        rewrite(VALIDATION, rows -> {
            List<ShardRow> changed = new ArrayList<>(rows);
            ShardRow row = rows.get(0);
            changed.set(0, new ShardRow(row.bytes(), row.path(), 2, row.width(), row.height()));
            return changed;
        });

        assertThat(problems())
                .containsExactly(
                        VerifyNotices.classCount("bird", "validation", 8, 7),
                        VerifyNotices.classCount("dog", "validation", 8, 9));
    }

    @Test
    void findsAWrongMeanIfItDecodesEverything() throws IOException {
        Manifest manifest = directory().readManifest();
        String mean = manifest.channels().mean().get(0).toString();
        Path file = shards.resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replace(mean, "0.125"));

        assertThat(job.run(shards.toUri(), Decoding.SAMPLE).ok()).isTrue();
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("The manifest has mean [0.125, ")
                .contains(", but the train pictures have mean [" + mean + ", ");
    }

    @Test
    void refusesAnUnfinishedDirectory() throws IOException {
        Files.delete(shards.resolve("manifest.json"));

        assertThatThrownBy(this::problems)
                .isInstanceOf(ShardException.class)
                .hasMessage(ManifestFailures.missing("file:" + shards, "manifest.json"));
    }

    private List<String> problems() throws IOException {
        // Path.toUri would add a slash for an existing directory.
        VerifyJob.VerifyReport report = job.run(URI.create("file:" + shards), Decoding.ALL);
        assertThat(report.ok()).isFalse();
        return report.problems();
    }

    private ShardDirectory directory() {
        return new ShardDirectory(new org.apache.hadoop.fs.Path(shards.toUri()), new Configuration());
    }

    private void flip(String name, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(shards.resolve(name));
        bytes[at] ^= 16;
        Files.write(shards.resolve(name), bytes);
    }

    /** Writes other rows to a shard and updates the manifest, so that the checksums match. */
    private void rewrite(String name, UnaryOperator<List<ShardRow>> change) throws IOException {
        Manifest manifest = directory().readManifest();
        List<ShardRow> rows = new ArrayList<>();
        try (ShardReader reader = ShardReader.open(directory().file(name), new Configuration())) {
            for (int group = 0; group < reader.rowGroups(); group++) {
                rows.addAll(reader.readRowGroup(group));
            }
        }
        Manifest.Shard written;
        try (ShardWriter writer = new ShardWriter(directory(), name, 0, manifest.classNames(), 4)) {
            for (ShardRow row : change.apply(rows)) {
                writer.write(row);
            }
            written = writer.commit(Map.of(FooterKeys.FINGERPRINT, manifest.fingerprint()));
        }
        directory()
                .writeManifest(new Manifest(
                        manifest.formatVersion(),
                        manifest.toolVersion(),
                        manifest.fingerprint(),
                        manifest.source(),
                        manifest.options(),
                        manifest.classNames(),
                        manifest.splits(),
                        manifest.channels(),
                        manifest.shards().stream()
                                .map(shard -> shard.name().equals(name) ? written : shard)
                                .toList(),
                        manifest.quarantined()));
    }
}
