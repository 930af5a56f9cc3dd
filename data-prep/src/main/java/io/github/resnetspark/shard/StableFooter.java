package io.github.resnetspark.shard;

import io.github.resnetspark.message.data.ShardReasons;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Makes Parquet footers bit-identical in every process.
 *
 * <p>Parquet writes a column's encodings in the order of a hash set of enum constants, which differs between Java
 * processes. Without this class, the shards of a resumed run would differ from those of an uninterrupted run.
 */
final class StableFooter {
    /** The footer is followed by its length and {@code PAR1}. */
    private static final int TRAILER = 8;

    private StableFooter() {}

    /**
     * Sorts the encodings.
     *
     * @param tail the end of a Parquet file, starting before its footer
     * @return the same bytes with the encodings sorted by number
     */
    static byte[] of(byte[] tail) throws IOException {
        int trailer = tail.length - TRAILER;
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer);
        int start = trailer - length;
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(tail, start, length));
        for (RowGroup rowGroup : footer.getRow_groups()) {
            for (ColumnChunk column : rowGroup.getColumns()) {
                List<Encoding> encodings = new ArrayList<>(column.getMeta_data().getEncodings());
                encodings.sort(Comparator.comparingInt(Encoding::getValue));
                column.getMeta_data().setEncodings(encodings);
            }
        }
        ByteArrayOutputStream stable = new ByteArrayOutputStream(tail.length);
        stable.write(tail, 0, start);
        Util.writeFileMetaData(footer, stable);
        if (stable.size() != trailer) {
            throw new IOException(ShardReasons.footerLength(stable.size() - start, length));
        }
        stable.write(tail, trailer, TRAILER);
        return stable.toByteArray();
    }
}
