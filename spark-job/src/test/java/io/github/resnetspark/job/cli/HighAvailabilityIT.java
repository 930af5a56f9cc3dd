package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a site with two NameNodes, which deploy/bin/resnet-spark finds through HADOOP_CONF_DIR. */
class HighAvailabilityIT {
    private static final Path SCRIPT =
            Path.of("..", "deploy", "bin", "resnet-spark").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private MiniDFSCluster cluster;

    @BeforeEach
    void startTwoNameNodes() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        cluster = new MiniDFSCluster.Builder(configuration)
                .nnTopology(MiniDFSNNTopology.simpleHATopology())
                .numDataNodes(1)
                .build();
        cluster.waitActive();
        // So that a client that knows only the first one finds nothing.
        cluster.transitionToActive(1);
    }

    @AfterEach
    void stop() {
        cluster.shutdown();
    }

    @Test
    void findsTheActiveNameNodeByTheNameOfTheService() throws Exception {
        assertThat(describe("hdfs://service/result.json")).isZero();

        assertThat(files().exists(new org.apache.hadoop.fs.Path("/result.json")))
                .isTrue();
    }

    @Test
    void followsTheMountsOfViewfsToTheService() throws Exception {
        files().mkdirs(new org.apache.hadoop.fs.Path("/team/models"));

        assertThat(describe("/models/result.json")).isZero();

        assertThat(files().exists(new org.apache.hadoop.fs.Path("/team/models/result.json")))
                .isTrue();
    }

    private FileSystem files() throws IOException {
        return cluster.getFileSystem(1);
    }

    private int describe(String result) throws Exception {
        Path settings = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(
                settings.resolve("core-site.xml"),
                xml(Map.of(
                        "fs.defaultFS", "viewfs://site/",
                        "fs.viewfs.mounttable.site.link./models", "hdfs://service/team/models")));
        Files.writeString(
                settings.resolve("hdfs-site.xml"),
                xml(Map.of(
                        "dfs.nameservices", "service",
                        "dfs.ha.namenodes.service", "first,second",
                        "dfs.namenode.rpc-address.service.first", address(0),
                        "dfs.namenode.rpc-address.service.second", address(1),
                        "dfs.client.failover.proxy.provider.service",
                                "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider")));
        ProcessBuilder builder = new ProcessBuilder(List.of(SCRIPT.toString(), "describe", "--result", result))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HADOOP_CONF_DIR", settings.toString());
        return builder.start().waitFor();
    }

    private String address(int nameNode) {
        return cluster.getNameNode(nameNode).getNameNodeAddressHostPortString();
    }

    private static String xml(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "<property><name>" + property.getKey() + "</name><value>" + property.getValue()
                        + "</value></property>\n")
                .collect(Collectors.joining("", "<configuration>\n", "</configuration>\n"));
    }
}
