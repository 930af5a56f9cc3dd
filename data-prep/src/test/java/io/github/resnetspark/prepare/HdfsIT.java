package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.intake.OddPictures;
import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.format.SmallIlsvrc2012;
import io.github.resnetspark.spark.LocalSpark;
import io.github.resnetspark.verify.VerifyJob;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepares a small ILSVRC2012 from HDFS to HDFS, with its own NameNode and DataNode. */
class HdfsIT {
    @TempDir
    static Path folder;

    private static MiniDFSCluster cluster;
    private static FileSystem hdfs;

    @BeforeAll
    static void startHdfs() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        configuration.set("dfs.namenode.fs-limits.min-block-size", "1024");
        // Small blocks, so that archives, pictures and shards cross block boundaries.
        configuration.set("dfs.blocksize", "16384");
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
        Path local = SmallIlsvrc2012.write(folder.resolve("source"), 40, oddPictures());
        hdfs.copyFromLocalFile(path(local.toUri().toString()), path("/imagenet"));
    }

    @AfterAll
    static void stopHdfs() {
        cluster.shutdown();
    }

    @Test
    void preparesAndVerifiesImageNetsArchivesOnHdfs() throws IOException {
        String shards = hdfs.getUri() + "/shards";
        PrepareSettings settings =
                new PrepareSettings(hdfs.getUri() + "/imagenet", SourceFormat.AUTO, 20_000, 8, 1, 3, List.of());
        PrepareJob job = new PrepareJob(LocalSpark.context());

        PrepareReport report = job.run(settings, shards);

        Manifest manifest = new ShardDirectory(path(shards), hdfs.getConf()).readManifest();
        int samples = fullSizeSamples().size();
        assertThat(report.train()).isEqualTo(125 + samples);
        assertThat(manifest.classNames()).isEqualTo(SmallIlsvrc2012.SYNSETS);
        assertThat(manifest.splits().get(0).perClass()).containsExactly(40L, 44L + samples, 41L);
        assertThat(manifest.splits().get(1).perClass()).containsExactly(2L, 2L, 2L);
        assertThat(manifest.quarantined())
                .containsExactlyInAnyOrder(
                        new Quarantined("train/n01739381/n01739381_truncated.JPEG", PictureNotices.jpegWithoutEnd()),
                        new Quarantined("train/n01739381/n01739381_empty.JPEG", PictureNotices.empty()),
                        new Quarantined(
                                "train/n01739381/n01739381_bomb.JPEG",
                                PictureNotices.tooManyPixels(65500, 65500, 67108864)));
        assertThat(new VerifyJob(LocalSpark.context())
                        .run(URI.create(shards), Decoding.ALL)
                        .problems())
                .isEmpty();
        for (ShardRow row : rows(manifest, shards)) {
            String path = row.path();
            ImageHeader header = ImageHeader.of(row.bytes());
            assertThat(header.samples()).as(path).isEqualTo(ImageHeader.Samples.PLAIN);
            assertThat(row.label())
                    .as(path)
                    .isEqualTo(path.contains("n01440764") ? 0 : path.contains("n01739381") ? 1 : 2);
            byte[] original = fullSizeSamples().get(path.substring(path.lastIndexOf('/') + 1));
            if (original != null && ImageHeader.of(original).format() == ImageHeader.Format.JPEG) {
                assertThat(row.bytes()).as("untouched: " + path).isEqualTo(original);
            }
        }
        assertThat(job.run(settings, shards).outcome()).isEqualTo(PrepareReport.Outcome.NOTHING_TO_DO);
    }

    @Test
    void resumesAKilledRunOnHdfs() throws IOException {
        String shards = hdfs.getUri() + "/continued";
        PrepareSettings settings =
                new PrepareSettings(hdfs.getUri() + "/imagenet", SourceFormat.AUTO, 20_000, 8, 1, 3, List.of());
        PrepareJob job = new PrepareJob(LocalSpark.context());
        int all = job.run(settings, shards).shards();
        String manifest = text(shards + "/manifest.json");
        hdfs.delete(path(shards + "/manifest.json"), false);
        FileStatus[] files = hdfs.listStatus(path(shards));
        byte[] bytes = bytes(files[0].getPath());
        try (OutputStream out = hdfs.create(files[0].getPath(), true)) {
            out.write(bytes, 0, bytes.length / 2);
        }
        hdfs.delete(files[1].getPath(), false);

        assertThat(job.run(settings, shards).kept()).isEqualTo(all - 2);

        assertThat(text(shards + "/manifest.json"))
                .as("with the same SHA-256 of each shard")
                .isEqualTo(manifest);
    }

    @Test
    void reshardsShardsOnHdfs() throws IOException {
        String first = hdfs.getUri() + "/first";
        PrepareJob job = new PrepareJob(LocalSpark.context());
        job.run(new PrepareSettings(hdfs.getUri() + "/imagenet", SourceFormat.AUTO, 20_000, 8, 1, 3, List.of()), first);
        String second = hdfs.getUri() + "/second";

        PrepareReport report =
                job.run(new PrepareSettings(first, SourceFormat.AUTO, 60_000, 5, 2, 0, List.of()), second);

        Manifest before = new ShardDirectory(path(first), hdfs.getConf()).readManifest();
        Manifest after = new ShardDirectory(path(second), hdfs.getConf()).readManifest();
        assertThat(after.splits()).isEqualTo(before.splits());
        assertThat(after.channels()).isEqualTo(before.channels());
        assertThat(report.shards()).isLessThan(before.shards().size());
        assertThat(new VerifyJob(LocalSpark.context())
                        .run(URI.create(second), Decoding.ALL)
                        .problems())
                .isEmpty();
        List<ShardRow> firstTrain = rows(before, first);
        List<ShardRow> secondTrain = rows(after, second);
        assertThat(secondTrain).containsExactlyInAnyOrderElementsOf(firstTrain).isNotEqualTo(firstTrain);
    }

    @Test
    void refusesAnArchiveWhoseEntriesPointOutsideIt() throws IOException {
        Path evil = SmallIlsvrc2012.write(
                folder.resolve("evil"), 2, Map.of("../n01739381_9.JPEG", OddPictures.jpeg(9, 9, 1, 2, 3)));
        hdfs.copyFromLocalFile(path(evil.toUri().toString()), path("/evil"));

        assertThatThrownBy(() -> new PrepareJob(LocalSpark.context())
                        .run(PrepareSettings.of(hdfs.getUri() + "/evil"), hdfs.getUri() + "/nothing"))
                .hasMessage(ArchiveFailures.escapingEntry(
                        hdfs.getUri() + "/evil/ILSVRC2012_img_train.tar", "../n01739381_9.JPEG"));
    }

    /** Damaged pictures, pictures that are converted, and the real pictures of the test data if it is available. */
    private static Map<String, byte[]> oddPictures() throws IOException {
        Map<String, byte[]> odd = new LinkedHashMap<>(SmallIlsvrc2012.broken());
        odd.put("n01739381_ycck.JPEG", OddPictures.ycck(30, 20, 100, 128, 128, 30));
        odd.put("n01739381_deep.JPEG", OddPictures.deepPng(30, 20, 40_000));
        odd.put("n01739381_bitmap.JPEG", OddPictures.bmp(30, 20, 1, 2, 3));
        odd.putAll(fullSizeSamples());
        return odd;
    }

    private static Map<String, byte[]> fullSizeSamples() throws IOException {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        Map<String, byte[]> samples = new TreeMap<>();
        if (data != null) {
            try (Stream<Path> files = Files.walk(Path.of(data, "imagenet", "full-size-samples"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    samples.put("real_" + file.getFileName(), Files.readAllBytes(file));
                }
            }
        }
        return samples;
    }

    private static List<ShardRow> rows(Manifest manifest, String directory) throws IOException {
        List<ShardRow> rows = new ArrayList<>();
        for (Manifest.Shard shard : manifest.shards(Split.TRAIN)) {
            try (ShardReader reader = ShardReader.open(path(directory + "/" + shard.name()), hdfs.getConf())) {
                for (int rowGroup = 0; rowGroup < reader.rowGroups(); rowGroup++) {
                    rows.addAll(reader.readRowGroup(rowGroup));
                }
            }
        }
        return rows;
    }

    private static String text(String file) throws IOException {
        return new String(bytes(path(file)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(org.apache.hadoop.fs.Path file) throws IOException {
        try (InputStream in = hdfs.open(file)) {
            return in.readAllBytes();
        }
    }

    private static org.apache.hadoop.fs.Path path(String text) {
        return new org.apache.hadoop.fs.Path(text);
    }
}
