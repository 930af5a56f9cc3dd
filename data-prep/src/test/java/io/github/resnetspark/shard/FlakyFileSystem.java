package io.github.resnetspark.shard;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as a file system that fails exactly one call. */
public final class FlakyFileSystem extends RawLocalFileSystem {
    private static final String SCHEME = "flaky";

    private int asked;
    private int failing;

    /** A configuration with this file system under the scheme {@code flaky:}. */
    public static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set("fs." + SCHEME + ".impl", FlakyFileSystem.class.getName());
        return configuration;
    }

    /** The instance that Hadoop shares for this configuration. */
    public static FlakyFileSystem of(Configuration configuration) throws IOException {
        return (FlakyFileSystem) FileSystem.get(URI.create(SCHEME + ":///"), configuration);
    }

    /** The path of a local file on it. */
    public static Path path(java.nio.file.Path file) {
        return new Path(SCHEME + "://" + file);
    }

    /** Fails one of the following calls, counted from 1; 0 for none. */
    public void failAt(int question) {
        asked = 0;
        failing = question;
    }

    /** Whether it has failed. */
    public boolean hasFailed() {
        return failing > 0 && asked >= failing;
    }

    private void ask() throws IOException {
        asked++;
        if (asked == failing) {
            throw new IOException("no DataNode answers");
        }
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        ask();
        return super.getFileStatus(path);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        ask();
        return super.exists(path);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        ask();
        FSDataInputStream in = super.open(file, bufferSize);
        return new FSDataInputStream(new FSInputStream() {
            @Override
            public int read() throws IOException {
                ask();
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                ask();
                return in.read(bytes, offset, count);
            }

            @Override
            public void seek(long position) throws IOException {
                ask();
                in.seek(position);
            }

            @Override
            public long getPos() throws IOException {
                return in.getPos();
            }

            @Override
            public boolean seekToNewSource(long position) {
                return false;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        });
    }
}
