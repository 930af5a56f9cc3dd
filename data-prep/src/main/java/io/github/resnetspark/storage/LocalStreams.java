package io.github.resnetspark.storage;

import io.github.resnetspark.message.data.StorageReasons;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Syncable;

/**
 * Streams of Hadoop's local file system that fail with exceptions. Hadoop's own streams throw an {@link FSError} if a
 * disk is full or unreadable, which handlers of {@link IOException} do not catch.
 */
final class LocalStreams {
    private LocalStreams() {}

    static FSDataInputStream of(FSDataInputStream in, Path file) {
        return new FSDataInputStream(new Input(in, file));
    }

    static FSDataOutputStream of(FSDataOutputStream out, Path file) throws IOException {
        return new FSDataOutputStream(new Output(out, file), null);
    }

    private static IOException notRead(Path file, FSError error) {
        Throwable cause = cause(error);
        return new IOException(StorageReasons.notRead(file.toString(), String.valueOf(cause.getMessage())), cause);
    }

    private static IOException notWritten(Path file, FSError error) {
        Throwable cause = cause(error);
        return new IOException(StorageReasons.notWritten(file.toString(), String.valueOf(cause.getMessage())), cause);
    }

    private static Throwable cause(FSError error) {
        return error.getCause() == null ? error : error.getCause();
    }

    private static final class Input extends FSInputStream {
        private final FSDataInputStream in;
        private final Path file;

        Input(FSDataInputStream in, Path file) {
            this.in = in;
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (FSError e) {
                throw notRead(file, e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            try {
                return in.read(bytes, offset, count);
            } catch (FSError e) {
                throw notRead(file, e);
            }
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int count) throws IOException {
            try {
                return in.read(position, bytes, offset, count);
            } catch (FSError e) {
                throw notRead(file, e);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            return in.skip(count);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void seek(long position) throws IOException {
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
    }

    private static final class Output extends OutputStream implements Syncable {
        private final FSDataOutputStream out;
        private final Path file;

        Output(FSDataOutputStream out, Path file) {
            this.out = out;
            this.file = file;
        }

        @Override
        public void write(int value) throws IOException {
            attempt(() -> out.write(value));
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            attempt(() -> out.write(bytes, offset, count));
        }

        @Override
        public void flush() throws IOException {
            attempt(out::flush);
        }

        @Override
        public void hflush() throws IOException {
            attempt(out::hflush);
        }

        @Override
        public void hsync() throws IOException {
            attempt(out::hsync);
        }

        @Override
        public void close() throws IOException {
            attempt(out::close);
        }

        private void attempt(Step step) throws IOException {
            try {
                step.run();
            } catch (FSError e) {
                throw notWritten(file, e);
            }
        }

        private interface Step {
            void run() throws IOException;
        }
    }
}
