package io.github.resnetspark.job.input;

import io.github.resnetspark.message.job.TrainingReasons;
import io.github.resnetspark.shard.ShardRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** The file format of a cached row group: its rows, followed by their CRC-32C. */
final class RowGroupFile {
    private static final int MAGIC = 0x52534731;
    private static final int LONGEST_PICTURE = 256 << 20;
    private static final int BUFFER = 1 << 18;

    private RowGroupFile() {}

    /** Writes a new file. */
    static void write(List<ShardRow> rows, Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        try (DataOutputStream out = new DataOutputStream(
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER), checksum))) {
            out.writeInt(MAGIC);
            out.writeInt(rows.size());
            for (ShardRow row : rows) {
                out.writeUTF(row.path());
                out.writeInt(row.label());
                out.writeInt(row.width());
                out.writeInt(row.height());
                out.writeInt(row.bytes().length);
                out.write(row.bytes());
            }
            out.writeLong(checksum.getValue());
        }
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws IOException if it is not such a file, or is damaged
     */
    static List<ShardRow> read(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), checksum))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(TrainingReasons.notARowGroup());
            }
            int count = in.readInt();
            List<ShardRow> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String path = in.readUTF();
                int label = in.readInt();
                int width = in.readInt();
                int height = in.readInt();
                int length = in.readInt();
                if (length < 0 || length > LONGEST_PICTURE) {
                    throw new IOException(TrainingReasons.pictureLength(length));
                }
                rows.add(new ShardRow(in.readNBytes(length), path, label, width, height));
            }
            long expected = checksum.getValue();
            if (in.readLong() != expected) {
                throw new IOException(TrainingReasons.cachedChecksum());
            }
            return rows;
        }
    }
}
