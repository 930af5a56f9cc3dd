package io.github.resnetspark.shard;

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
 * Makes a Parquet footer the same in every process.
 *
 * <p>Parquet keeps a column's encodings in a hash set of enum constants, whose order changes from one Java process to the next,
 * and writes them in that order: shards of a run that was continued would differ from those of one that was not.
 */
final class StableFooter {
    /** After the footer come its length and {@code PAR1}. */
    private static final int TRAILER = 8;

    private StableFooter() {}

    /**
     * Sorts the encodings.
     *
     * @param tail the end of a Parquet file, from before its footer on
     * @return the same with the encodings in the order of their numbers
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
            throw new IOException("The footer has " + (stable.size() - start) + " bytes, not " + length);
        }
        stable.write(tail, trailer, TRAILER);
        return stable.toByteArray();
    }
}
