package io.github.resnetspark.source;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/** A range of a file as a stream of its own; skipping seeks. */
final class FileWindow extends InputStream {
    private final FSDataInputStream file;
    private final long end;
    private long position;

    FileWindow(FSDataInputStream file, long offset, long bytes) throws IOException {
        this.file = file;
        this.position = offset;
        this.end = offset + bytes;
        file.seek(offset);
    }

    /** The position in the file, not in the window. */
    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int found = file.read(bytes, offset, (int) Math.min(count, end - position));
        position += Math.max(0, found);
        return found;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, end - position));
        if (skipped > 0) {
            position += skipped;
            file.seek(position);
        }
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
