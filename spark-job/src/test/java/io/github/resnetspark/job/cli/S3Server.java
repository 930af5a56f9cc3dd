package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.ThisBuild;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** An S3 server in a process of its own, which keeps its objects in a folder. */
final class S3Server implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int STARTS_WITHIN_SECONDS = 60;

    private final Process process;
    private final int port;
    private final Path bucket;

    private S3Server(Process process, int port, Path bucket) {
        this.process = process;
        this.port = port;
        this.bucket = bucket;
    }

    /** With one empty bucket, {@code bucket}. */
    static S3Server start(Path folder) throws IOException, InterruptedException {
        Path bucket = Files.createDirectories(folder.resolve("objects").resolve("bucket"));
        int port = freePort();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "s3proxy.endpoint", "http://" + HOST + ":" + port,
                "s3proxy.authorization", "aws-v2-or-v4",
                "s3proxy.identity", "reader",
                "s3proxy.credential", "secret-of-the-reader",
                "jclouds.provider", "filesystem",
                "jclouds.filesystem.basedir", bucket.getParent().toString()));
        Path file = folder.resolve("s3proxy.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        ThisBuild.FOLDER.resolve("s3/s3proxy.jar").toString(),
                        "--properties",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        S3Server server = new S3Server(process, port, bucket);
        for (int tries = 0; !server.answers(); tries++) {
            if (!process.isAlive() || tries > 4 * STARTS_WITHIN_SECONDS) {
                server.close();
                throw new IOException("S3Proxy did not start: " + Files.readString(folder.resolve("s3proxy.log")));
            }
            Thread.sleep(250);
        }
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** What a site has in core-site.xml or Spark's settings, with the prefix {@code spark.hadoop}. */
    Map<String, String> settings() {
        return Map.of(
                "spark.hadoop.fs.s3a.endpoint", "http://" + HOST + ":" + port,
                "spark.hadoop.fs.s3a.path.style.access", "true",
                "spark.hadoop.fs.s3a.connection.ssl.enabled", "false",
                "spark.hadoop.fs.s3a.access.key", "reader",
                "spark.hadoop.fs.s3a.secret.key", "secret-of-the-reader",
                // This server refuses to delete the markers of directories that have files, and Hadoop tries again for
                // 20 s.
                "spark.hadoop.fs.s3a.directory.marker.retention", "keep");
    }

    /** Where the server keeps the objects of the bucket. */
    Path bucket() {
        return bucket;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
