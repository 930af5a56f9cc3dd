package io.github.resnetspark.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Syncable;

/**
 * Streams of Hadoop's local file system that fail with exceptions. Hadoop's own throw an {@link FSError}, which nobody who
 * handles an {@link IOException} catches, when a disk is full or does not read.
 */
final class LocalStreams {
    private LocalStreams() {}

    static FSDataInputStream of(FSDataInputStream in, Path file) {
        return new FSDataInputStream(new Input(in, file));
    }

    static FSDataOutputStream of(FSDataOutputStream out, Path file) throws IOException {
        return new FSDataOutputStream(new Output(out, file), null);
    }

    private static IOException failure(Path file, String what, FSError error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return new IOException(file + " cannot be " + what + " (" + cause.getMessage() + ")", cause);
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
                throw failure(file, "read", e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            try {
                return in.read(bytes, offset, count);
            } catch (FSError e) {
                throw failure(file, "read", e);
            }
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int count) throws IOException {
            try {
                return in.read(position, bytes, offset, count);
            } catch (FSError e) {
                throw failure(file, "read", e);
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
                throw failure(file, "written", e);
            }
        }

        private interface Step {
            void run() throws IOException;
        }
    }
}
