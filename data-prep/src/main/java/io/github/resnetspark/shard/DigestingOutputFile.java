package io.github.resnetspark.shard;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that Parquet writes sequentially. Its SHA-256 is known when it is closed. */
final class DigestingOutputFile implements OutputFile {
    /**
     * The size of the pieces that are hashed and written. A row group of 20 MB in one piece would drop out of the CPU
     * cache between hashing and writing. In addition, Java copies each local write into new native memory, whose page
     * faults cost more than the copy.
     */
    private static final int PIECE = 1 << 16;

    private final Storage storage;
    private final Path path;
    private final MessageDigest digest = Sha256.digest();
    private long length;
    private ByteArrayOutputStream tail;

    DigestingOutputFile(Storage storage, Path path) {
        this.storage = storage;
        this.path = path;
    }

    /** Buffers everything that is written from now on, so that {@link StableFooter} can change it. */
    void keepTail() {
        tail = new ByteArrayOutputStream();
    }

    /** The number of bytes written so far. */
    long length() {
        return length;
    }

    /** The SHA-256 of all bytes, in hexadecimal. Call it once, after the file is closed. */
    String sha256() {
        return Sha256.hexadecimal(digest);
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        return createOrOverwrite(blockSizeHint);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return new Stream(storage.create(path));
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private final class Stream extends PositionOutputStream {
        private final OutputStream out;

        Stream(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return length;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            length += count;
            if (tail == null) {
                pass(bytes, offset, count);
            } else {
                tail.write(bytes, offset, count);
            }
        }

        private void pass(byte[] bytes, int offset, int count) throws IOException {
            for (int done = 0; done < count; done += PIECE) {
                int piece = Math.min(PIECE, count - done);
                digest.update(bytes, offset + done, piece);
                out.write(bytes, offset + done, piece);
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            try (out) {
                if (tail != null) {
                    byte[] stable = StableFooter.of(tail.toByteArray());
                    tail = null;
                    pass(stable, 0, stable.length);
                }
            }
        }
    }
}
