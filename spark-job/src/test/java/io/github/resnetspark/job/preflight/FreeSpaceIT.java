package io.github.resnetspark.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.LocalHdfs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Free space and quotas of a real HDFS. */
class FreeSpaceIT {
    private static final long MIB = 1L << 20;
    private static final long BLOCK = 128 * MIB;

    @TempDir
    static java.nio.file.Path folder;

    private static LocalHdfs hdfs;
    private static DistributedFileSystem files;

    @BeforeAll
    static void open() throws IOException {
        hdfs = LocalHdfs.open(folder);
        files = (DistributedFileSystem) hdfs.files();
    }

    @AfterAll
    static void close() {
        hdfs.close();
    }

    @Test
    void freeSpaceIsDividedByTheReplication() throws IOException {
        long once = at("/models/r50", 1).bytes().orElseThrow();
        long thrice = at("/models/r50", 3).bytes().orElseThrow();

        // Another process may write to this disk meanwhile.
        assertThat((double) once / thrice).isBetween(2.5, 3.5);
        assertThat(at("/models/r50", 3).names()).isEmpty();
    }

    @Test
    void aQuotaOfSpaceCountsEveryReplica() throws IOException {
        Path team = new Path("/team");
        files.mkdirs(new Path(team, "ours/models"));
        files.setQuota(team, HdfsConstants.QUOTA_DONT_SET, 3 * 200 * MIB);

        assertThat(at("/team/ours/models/r50", 3).bytes()).isEqualTo(OptionalLong.of(200 * MIB));

        try (OutputStream out = files.create(new Path("/team/ours/other"), (short) 1)) {
            out.write(new byte[(int) (60 * MIB)]);
        }
        assertThat(at("/team/ours/models/r50", 3).bytes()).isEqualTo(OptionalLong.of(180 * MIB));
    }

    @Test
    void aQuotaSmallerThanABlockLeavesNoSpace() throws IOException {
        Path small = new Path("/small");
        files.mkdirs(small);
        files.setQuota(small, HdfsConstants.QUOTA_DONT_SET, 3 * BLOCK - 1);

        assertThat(at("/small/r50", 3).bytes()).isEqualTo(OptionalLong.of(0));
        assertThat(at("/small/r50", 1).bytes()).isEqualTo(OptionalLong.of(3 * BLOCK - 1));
    }

    @Test
    void theTighterQuotaOfNamesCounts() throws IOException {
        files.mkdirs(new Path("/names/narrow/models"));
        files.setQuota(new Path("/names"), 1000, HdfsConstants.QUOTA_DONT_SET);
        files.setQuota(new Path("/names/narrow"), 20, HdfsConstants.QUOTA_DONT_SET);

        assertThat(at("/names/narrow/models/r50", 1).names()).isEqualTo(OptionalLong.of(18));
    }

    @Test
    void filesOfAnEarlierRunCountAsFreeForTheRunThatResumesIt() throws IOException {
        Path run = new Path("/earlier/r50.run");
        files.mkdirs(run);
        try (OutputStream out = files.create(new Path(run, "checkpoint"))) {
            out.write(new byte[100]);
        }
        files.setQuota(new Path("/earlier"), 10, 10 * BLOCK);
        FreeSpace free = at("/earlier/r50", 1);

        FreeSpace withEarlier = free.and(new Path(files.getUri() + run.toString()), files.getConf());

        assertThat(withEarlier.names().getAsLong()).isEqualTo(free.names().getAsLong() + 2);
        assertThat(withEarlier.bytes().getAsLong()).isEqualTo(free.bytes().getAsLong() + 100);
        assertThat(free.and(new Path(files.getUri() + "/nothing"), files.getConf()))
                .isEqualTo(free);
    }

    private static FreeSpace at(String place, int replication) throws IOException {
        Configuration configuration = new Configuration(files.getConf());
        configuration.setInt("dfs.replication", replication);
        // Hadoop caches one file system for all configurations.
        configuration.setBoolean("fs.hdfs.impl.disable.cache", true);
        return FreeSpace.at(new Path(files.getUri() + place), configuration);
    }
}
