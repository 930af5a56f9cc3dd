package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.spark.LocalSpark;
import io.github.resnetspark.verify.VerifyJob;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real CIFAR-10 and real ImageNet pictures. */
class RealDataIT {
    private static final String TEST_DATA = System.getenv("RESNET_SPARK_TEST_DATA");

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheData() {
        assumeTrue(TEST_DATA != null, "RESNET_SPARK_TEST_DATA is not set");
    }

    @Test
    void theWholeOfCifar10HasItsPublishedFigures() throws IOException {
        PrepareReport report = prepare("cifar10/cifar-10-binary.tar.xz", SourceFormat.AUTO);

        Manifest manifest = directory().readManifest();
        assertThat(report.written()).isEqualTo(60_000);
        assertThat(manifest.splits())
                .containsExactly(
                        new SplitCounts(Split.TRAIN, 50_000, Collections.nCopies(10, 5000L)),
                        new SplitCounts(Split.VALIDATION, 10_000, Collections.nCopies(10, 1000L)));
        assertThat(manifest.classNames())
                .startsWith("airplane", "automobile", "bird")
                .hasSize(10);
        close(manifest.channels().mean(), .4914, .4822, .4465);
        close(manifest.channels().std(), .2470, .2435, .2616);
        assertThat(new VerifyJob(LocalSpark.context()).run(folder.toUri(), Decoding.ALL))
                .isEqualTo(new VerifyJob.VerifyReport(60_000, 60_000, report.shards(), List.of()));
    }

    @Test
    void theSmallCifar10FilesKeepEveryPixel() throws IOException {
        PrepareReport report = prepare("cifar10", SourceFormat.CIFAR10);

        assertThat(report.train()).isEqualTo(1000);
        assertThat(report.validation()).isEqualTo(500);
        byte[] file = Files.readAllBytes(Path.of(TEST_DATA, "cifar10/test_50_per_class.bin"));
        ImageCodec codec = new ImageCodec();
        try (ShardReader reader =
                ShardReader.open(directory().file("validation-00000-of-00001.parquet"), new Configuration())) {
            assertThat(reader.rowGroupRows()).containsExactly(256, 244);
            List<ShardRow> rows = reader.readRowGroup(1);
            for (int i = 0; i < rows.size(); i++) {
                int at = (256 + i) * 3073;
                RgbImage image = codec.decode(rows.get(i).bytes());
                assertThat(rows.get(i).label()).isEqualTo(file[at]);
                for (int pixel = 0; pixel < 1024; pixel++) {
                    for (int channel = 0; channel < 3; channel++) {
                        if (image.pixels()[3 * pixel + channel] != file[at + 1 + 1024 * channel + pixel]) {
                            throw new AssertionError(rows.get(i) + " differs at pixel " + pixel);
                        }
                    }
                }
            }
        }
    }

    @Test
    void storesRealImageNetPicturesUnchanged() throws IOException {
        PrepareReport report = prepare("imagenet/imagenette-small", SourceFormat.AUTO);

        assertThat(report)
                .isEqualTo(new PrepareReport(
                        PrepareReport.Outcome.WRITTEN,
                        800,
                        600,
                        200,
                        0,
                        report.shards(),
                        0,
                        10,
                        PassedOver.NONE,
                        List.of()));
        try (ShardReader reader =
                ShardReader.open(directory().file("validation-00000-of-00001.parquet"), new Configuration())) {
            for (ShardRow row : reader.readRowGroup(0)) {
                assertThat(row.bytes())
                        .isEqualTo(Files.readAllBytes(
                                Path.of(TEST_DATA, "imagenet/imagenette-small").resolve(row.path())));
            }
        }
    }

    private PrepareReport prepare(String source, SourceFormat format) throws IOException {
        PrepareSettings settings = new PrepareSettings(
                Path.of(TEST_DATA, source).toUri().toString(), format, 64 << 20, 256, 1, 0, List.of());
        return new PrepareJob(LocalSpark.context()).run(settings, folder.toString());
    }

    private ShardDirectory directory() {
        return new ShardDirectory(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    }

    private static void close(List<Double> found, double... published) {
        for (int channel = 0; channel < 3; channel++) {
            assertThat(found.get(channel)).isCloseTo(published[channel], Offset.offset(6e-5));
        }
    }
}
