package io.github.resnetspark.shard;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes one shard under a temporary name, which {@link #commit} replaces by its final name. If it is closed without a
 * commit, the file is deleted. A process that dies leaves a file that starts with an underscore, which every reader
 * skips.
 *
 * <p>Keeps one row group in memory. Equal rows and footers give bit-identical files in every process. Not thread-safe.
 */
public final class ShardWriter implements Closeable {
    private static final int STATISTICS_BYTES = 16;

    private final ShardDirectory directory;
    private final String name;
    private final Split split;
    private final int rowGroup;
    private final Path temporary;
    private final DigestingOutputFile file;
    private final Map<String, String> footer = new TreeMap<>();
    private final ParquetWriter<ShardRow> writer;
    private long rows;
    private boolean open = true;

    /**
     * @param directory the directory of the shard
     * @param name its file name, from {@link Split#shardName}
     * @param attempt distinguishes writers of the same shard that run at the same time
     * @param classNames the names of classes 0, 1, ...
     * @param rowGroup rows per row group, at least 1
     */
    public ShardWriter(ShardDirectory directory, String name, long attempt, List<String> classNames, int rowGroup)
            throws IOException {
        this.directory = directory;
        this.name = name;
        this.split = Split.ofShardName(name).orElseThrow(() -> new IllegalArgumentException(name));
        this.rowGroup = rowGroup;
        this.temporary = directory.temporary(name, attempt);
        this.file = new DigestingOutputFile(directory.storage(), temporary);
        footer.put(FooterKeys.FORMAT_VERSION, Integer.toString(Manifest.FORMAT_VERSION));
        footer.put(FooterKeys.HUGGING_FACE, FooterKeys.huggingFaceFeatures(classNames));
        this.writer = new Builder(file, footer)
                .withConf(directory.storage().configuration())
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withDictionaryEncoding(false)
                .withPageWriteChecksumEnabled(true)
                // The minimum and maximum of encoded pictures are useless and would enlarge the footer.
                .withStatisticsTruncateLength(STATISTICS_BYTES)
                .withColumnIndexTruncateLength(STATISTICS_BYTES)
                // Parquet checks the size exactly every rowGroup rows, and then it always exceeds 1 byte. So every row
                // group has rowGroup rows.
                .withMinRowCountForPageSizeCheck(rowGroup)
                .withMaxRowCountForPageSizeCheck(rowGroup)
                .withRowGroupSize(1L)
                .withPageRowCountLimit(Integer.MAX_VALUE)
                .withPageSize(Integer.MAX_VALUE)
                .build();
    }

    /** Adds a row. */
    public void write(ShardRow row) throws IOException {
        writer.write(row);
        rows++;
    }

    /**
     * Completes the file and gives it its final name. An existing file of that name is replaced.
     *
     * @param more further key-value pairs for the footer
     * @return the manifest entry of the shard
     */
    public Manifest.Shard commit(Map<String, String> more) throws IOException {
        footer.putAll(more);
        file.keepTail();
        writer.close();
        directory.publish(temporary, name);
        open = false;
        return new Manifest.Shard(name, split, rows, file.length(), file.sha256(), rowGroups());
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            try {
                writer.close();
            } finally {
                directory.storage().delete(temporary);
            }
        }
    }

    private List<Integer> rowGroups() {
        List<Integer> counts = new ArrayList<>();
        for (long left = rows; left > 0; left -= rowGroup) {
            counts.add((int) Math.min(left, rowGroup));
        }
        return counts;
    }

    private static final class Builder extends ParquetWriter.Builder<ShardRow, Builder> {
        private final Map<String, String> footer;

        Builder(DigestingOutputFile file, Map<String, String> footer) {
            super(file);
            this.footer = footer;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<ShardRow> getWriteSupport(Configuration configuration) {
            return new ShardRowWriteSupport(footer);
        }
    }
}
