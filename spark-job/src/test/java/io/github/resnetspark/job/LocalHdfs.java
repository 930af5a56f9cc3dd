package io.github.resnetspark.job;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real HDFS, NameNode and DataNode, in the test's own process. */
public final class LocalHdfs implements AutoCloseable {
    private final MiniDFSCluster cluster;

    private LocalHdfs(MiniDFSCluster cluster) {
        this.cluster = cluster;
    }

    /** Stores its files in the folder. Close it after the test. */
    public static LocalHdfs open(Path folder) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        return new LocalHdfs(cluster);
    }

    /** Its root, with its configuration. */
    public FileSystem files() throws IOException {
        return cluster.getFileSystem();
    }

    /** Restarts the DataNode, as after an outage. */
    public void restartDataNode() throws IOException {
        cluster.restartDataNode(0);
        cluster.waitActive();
    }

    @Override
    public void close() {
        cluster.shutdown();
    }
}
