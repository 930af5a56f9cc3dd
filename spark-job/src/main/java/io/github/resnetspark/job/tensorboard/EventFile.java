package io.github.resnetspark.job.tensorboard;

import io.github.resnetspark.storage.AbandonedFile;
import io.github.resnetspark.storage.Storage;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A file of events as TensorBoard reads it: TFRecords, each of which can be read as soon as it is written. A record is
 * its length in 8 bytes, their checksum, the data, and its checksum, little endian.
 */
final class EventFile implements Closeable {
    /** TensorBoard reads the files with this in their names, in the order of the names. */
    private static final String MARK = "tfevents";

    private static final String ASIDE = "resumed.writing";
    private static final int HEADER = Long.BYTES + Integer.BYTES;
    /** Far more than a picture; a longer record is damage. */
    private static final long LONGEST = 1 << 28;

    private final FSDataOutputStream out;

    private EventFile(FSDataOutputStream out) {
        this.out = out;
    }

    /**
     * Starts a file that replaces the earlier ones of the directory, and begins with some of their events. It has a new
     * name, because a running TensorBoard would not notice that a file was replaced.
     *
     * @param first events at the beginning
     * @param kept which of the earlier events follow, with the times at which they were written
     */
    static EventFile replacing(Storage storage, Path directory, List<Event> first, Predicate<Event> kept)
            throws IOException {
        List<Path> earlier = storage.list(directory).stream()
                .map(status -> status.getPath())
                .filter(path -> path.getName().contains(MARK))
                .toList();
        Path aside = new Path(directory, ASIDE);
        EventFile file = new EventFile(storage.create(aside));
        try {
            file.write(Event.version());
            for (Event event : first) {
                file.write(event.toBytes());
            }
            if (!earlier.isEmpty()) {
                // If there are several, the process that wrote the newest was killed before it deleted the others.
                file.copy(storage, earlier.get(earlier.size() - 1), kept);
            }
            file.out.hflush();
            storage.rename(aside, new Path(directory, name(earlier)));
            for (Path old : earlier) {
                storage.delete(old);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.out.close();
            throw e;
        }
    }

    /** Sorts after the names of the earlier files. */
    private static String name(List<Path> earlier) {
        long number = Instant.now().getEpochSecond();
        while (!earlier.isEmpty()
                && name(number).compareTo(earlier.get(earlier.size() - 1).getName()) <= 0) {
            number++;
        }
        return name(number);
    }

    private static String name(long number) {
        return String.format(Locale.ROOT, "events.out.%s.%010d.resnet-spark", MARK, number);
    }

    private void copy(Storage storage, Path from, Predicate<Event> kept) throws IOException {
        // The process that wrote the file may have been killed, and its DataNode restarted.
        AbandonedFile.close(storage, from);
        try (DataInputStream in = new DataInputStream(storage.open(from))) {
            for (byte[] record = next(in); record.length > 0; record = next(in)) {
                if (kept.test(Event.parse(record))) {
                    write(record);
                }
            }
        }
    }

    /** The next record; empty at the end of the file, or where it is damaged or incomplete. */
    private static byte[] next(InputStream in) throws IOException {
        try {
            byte[] start = bytes(in, HEADER);
            ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
            long length = header.getLong();
            if (header.getInt() != checksum(start, Long.BYTES) || length < 0 || length > LONGEST) {
                return new byte[0];
            }
            ByteBuffer body =
                    ByteBuffer.wrap(bytes(in, (int) length + Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            byte[] data = new byte[(int) length];
            body.get(data);
            return body.getInt() == checksum(data, data.length) ? data : new byte[0];
        } catch (EOFException e) {
            return new byte[0]; // A killed process may have left half a record.
        }
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Writes an event and makes it readable. */
    void append(Event event) throws IOException {
        write(event.toBytes());
        out.hflush();
    }

    private void write(byte... data) throws IOException {
        ByteBuffer record =
                ByteBuffer.allocate(HEADER + data.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(checksum(record.array(), Long.BYTES));
        record.put(data);
        record.putInt(checksum(data, data.length));
        out.write(record.array());
    }

    /** TensorFlow's masked CRC-32C, which differs from that of data that contain their own checksum. */
    private static int checksum(byte[] data, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
