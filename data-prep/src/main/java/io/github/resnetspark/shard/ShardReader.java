package io.github.resnetspark.shard;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.shard.ShardException.DamagedShardException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/** Reads the row groups of one shard in any order and verifies page checksums. Not thread-safe. */
public final class ShardReader implements Closeable {
    private static final ColumnPath PICTURES = ColumnPath.get("image", "bytes");
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final Path file;
    private final ParquetFileReader parquet;
    private final MessageType columns;

    private ShardReader(Path file, ParquetFileReader parquet, MessageType columns) {
        this.file = file;
        this.parquet = parquet;
        this.columns = columns;
    }

    /**
     * Opens a shard and reads its footer.
     *
     * @throws DamagedShardException if the file was read and is truncated, damaged or not Parquet
     * @throws ShardsUnavailableException if it cannot be read at the moment
     * @throws ShardException if it is missing, or a Parquet file with other columns
     */
    public static ShardReader open(Path file, Configuration configuration) {
        Storage storage = Storage.of(configuration);
        ParquetFileReader parquet = null;
        try {
            StoredInputFile input = input(storage, file);
            refuseUnlessFramed(input);
            parquet = ParquetFileReader.open(
                    input,
                    HadoopReadOptions.builder(configuration)
                            .usePageChecksumVerification()
                            .build());
            MessageType schema = parquet.getFileMetaData().getSchema();
            List<String> problems = ShardSchema.problems(schema);
            if (!problems.isEmpty()) {
                throw new ShardException(ShardFailures.notShard(file.toString(), problems));
            }
            MessageType columns = ShardSchema.projection(schema);
            parquet.setRequestedSchema(columns);
            return new ShardReader(file, parquet, columns);
        } catch (FileNotFoundException e) {
            throw new ShardException(ShardFailures.missing(file.toString()), e);
        } catch (NoFileSystemException e) {
            throw new ShardException(e.getMessage(), e);
        } catch (FailureException e) {
            closeQuietly(parquet);
            throw e;
        } catch (IOException | RuntimeException e) {
            closeQuietly(parquet);
            refuseIfUnread(file, e);
            throw new DamagedShardException(ShardFailures.damagedFooter(file.toString()), e);
        }
    }

    /** The number of row groups. */
    public int rowGroups() {
        return parquet.getRowGroups().size();
    }

    /** The number of rows of a row group. */
    public int rows(int rowGroup) {
        return Math.toIntExact(parquet.getRowGroups().get(rowGroup).getRowCount());
    }

    /** The number of rows of each row group, in order. */
    public List<Integer> rowGroupRows() {
        List<Integer> rows = new ArrayList<>();
        for (int rowGroup = 0; rowGroup < rowGroups(); rowGroup++) {
            rows.add(rows(rowGroup));
        }
        return rows;
    }

    /** The number of rows of the shard. */
    public long rows() {
        return parquet.getRecordCount();
    }

    /** The format version according to the columns of the shard, regardless of its footer: 1 or 2. */
    public int formatVersion() {
        return ShardSchema.formatVersion(columns);
    }

    /** A value from the footer's key-value pairs. The keys are in {@link FooterKeys}. */
    public Optional<String> footer(String key) {
        return Optional.ofNullable(
                parquet.getFileMetaData().getKeyValueMetaData().get(key));
    }

    /**
     * Reads a row group.
     *
     * @param rowGroup 0 to {@link #rowGroups} - 1
     * @return its rows in stored order
     * @throws DamagedShardException if it was read but a checksum is wrong or the data is invalid
     * @throws ShardsUnavailableException if it cannot be read at the moment
     */
    public List<ShardRow> readRowGroup(int rowGroup) {
        int count = rows(rowGroup);
        try {
            PageReadStore pages = parquet.readRowGroup(rowGroup);
            MessageColumnIO columnIo = new ColumnIOFactory()
                    .getColumnIO(columns, parquet.getFileMetaData().getSchema());
            RecordReader<ShardRow> reader = columnIo.getRecordReader(pages, new ShardRowMaterializer());
            List<ShardRow> rows = new ArrayList<>(count);
            for (int row = 0; row < count; row++) {
                rows.add(reader.read());
            }
            return rows;
        } catch (IOException | RuntimeException e) {
            refuseIfUnread(file, e);
            throw new DamagedShardException(ShardFailures.damagedRowGroup(file.toString(), rowGroup, innermost(e)), e);
        }
    }

    /**
     * The positions of the pictures of a row group in the file. {@code prepare} stores them one after the other in one
     * page, each after four bytes with its length.
     *
     * @param rows all rows of that row group, in order
     * @return an offset in bytes for each row
     */
    public long[] pictureOffsets(int rowGroup, List<ShardRow> rows) {
        ColumnChunkMetaData column = parquet.getRowGroups().get(rowGroup).getColumns().stream()
                .filter(each -> each.getPath().equals(PICTURES))
                .findFirst()
                .orElseThrow();
        long at = column.getStartingPos() + column.getTotalSize();
        long[] offsets = new long[rows.size()];
        for (int row = rows.size() - 1; row >= 0; row--) {
            at -= rows.get(row).bytes().length;
            offsets[row] = at;
            at -= Integer.BYTES;
        }
        return offsets;
    }

    @Override
    public void close() throws IOException {
        parquet.close();
    }

    private static StoredInputFile input(Storage storage, Path file) throws IOException {
        try {
            return new StoredInputFile(storage, file, storage.status(file).getLen());
        } catch (FileNotFoundException | NoFileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw ShardsUnavailableException.reading(file, e);
        }
    }

    private static void refuseUnlessFramed(StoredInputFile input) throws IOException {
        Path file = input.path();
        long length = input.length();
        byte[] frame = new byte[8];
        if (length >= 12) {
            try (SeekableInputStream in = input.newStream()) {
                in.readFully(frame, 0, 4);
                in.seek(length - 4);
                in.readFully(frame, 4, 4);
            }
        }
        boolean begins = Arrays.equals(frame, 0, 4, MAGIC, 0, 4);
        boolean ends = Arrays.equals(frame, 4, 8, MAGIC, 0, 4);
        if (begins && !ends) {
            throw new DamagedShardException(ShardFailures.truncated(file.toString(), length));
        }
        if (!begins) {
            throw new DamagedShardException(ShardFailures.notParquet(file.toString(), length));
        }
    }

    /** Rethrows a failure to read, since only data that was read can be called damaged. */
    private static void refuseIfUnread(Path file, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoredInputFile.Unreadable unreadable) {
                throw ShardsUnavailableException.reading(file, unreadable);
            }
        }
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static void closeQuietly(ParquetFileReader parquet) {
        if (parquet != null) {
            try {
                parquet.close();
            } catch (IOException e) {
                // The original failure is the one to report.
            }
        }
    }
}
