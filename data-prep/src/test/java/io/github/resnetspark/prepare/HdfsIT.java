package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Quarantined;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SmallIlsvrc2012;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.task.LocalSpark;
import io.github.resnetspark.verify.Decoding;
import io.github.resnetspark.verify.VerifyJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small ILSVRC2012 from HDFS to HDFS, with a NameNode and a DataNode of its own. */
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
        // Small blocks, so that archives, pictures and shards reach over their borders.
        configuration.set("dfs.blocksize", "16384");
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
        Path local = SmallIlsvrc2012.write(folder.resolve("source"), 40, SmallIlsvrc2012.broken());
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
        assertThat(report.train()).isEqualTo(122);
        assertThat(manifest.classNames()).isEqualTo(SmallIlsvrc2012.SYNSETS);
        assertThat(manifest.splits().get(0).perClass()).containsExactly(40L, 41L, 41L);
        assertThat(manifest.splits().get(1).perClass()).containsExactly(2L, 2L, 2L);
        assertThat(manifest.quarantined())
                .containsExactlyInAnyOrder(
                        new Quarantined(
                                "train/n01739381/n01739381_truncated.JPEG",
                                "The picture is cut off: the JPEG has no end marker."),
                        new Quarantined("train/n01739381/n01739381_empty.JPEG", "The picture has no bytes."),
                        new Quarantined(
                                "train/n01739381/n01739381_bomb.JPEG",
                                "The picture declares 65500 x 65500 pixels, more than the limit of 67108864."));
        assertThat(new VerifyJob(LocalSpark.context()).run(shards, Decoding.ALL).problems())
                .isEmpty();
        assertThat(job.run(settings, shards).outcome()).isEqualTo(PrepareReport.Outcome.NOTHING_TO_DO);
    }

    @Test
    void whatAKilledRunLeftOnHdfsIsKeptAndReplaced() throws IOException {
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
