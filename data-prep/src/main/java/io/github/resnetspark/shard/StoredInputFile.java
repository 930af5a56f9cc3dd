package io.github.resnetspark.shard;

import io.github.resnetspark.message.data.ShardReasons;
import io.github.resnetspark.storage.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file of known length for Parquet to read. Failures to read bytes are thrown as {@link Unreadable}, to distinguish
 * them from errors that Parquet finds in bytes that were read.
 */
record StoredInputFile(Storage storage, Path path, long length) implements InputFile {
    @Override
    public long getLength() {
        return length;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return reading(() -> new Stream(HadoopStreams.wrap(storage.open(path))));
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Bytes of the file could not be read. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static <T> T reading(Read<T> read) throws IOException {
        try {
            return read.run();
        } catch (ChecksumException e) {
            throw e;
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private interface Read<T> {
        T run() throws IOException;
    }

    private final class Stream extends SeekableInputStream {
        private final SeekableInputStream in;

        Stream(SeekableInputStream in) {
            this.in = in;
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            if (position < 0 || position > length) {
                throw new EOFException(ShardReasons.seekBeyondEnd(position, length));
            }
            reading(() -> {
                in.seek(position);
                return null;
            });
        }

        @Override
        public int read() throws IOException {
            return reading(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            return reading(() -> in.read(bytes, offset, count));
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            return reading(() -> in.read(buffer));
        }

        @Override
        public void readFully(byte[] bytes) throws IOException {
            readFully(bytes, 0, bytes.length);
        }

        @Override
        public void readFully(byte[] bytes, int offset, int count) throws IOException {
            requireWithin(count);
            reading(() -> {
                in.readFully(bytes, offset, count);
                return null;
            });
        }

        @Override
        public void readFully(ByteBuffer buffer) throws IOException {
            requireWithin(buffer.remaining());
            reading(() -> {
                in.readFully(buffer);
                return null;
            });
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        /** A damaged footer may point beyond the end of its file. */
        private void requireWithin(int count) throws IOException {
            if (count > length - getPos()) {
                throw new EOFException(ShardReasons.readBeyondEnd(count, getPos(), length));
            }
        }
    }
}
