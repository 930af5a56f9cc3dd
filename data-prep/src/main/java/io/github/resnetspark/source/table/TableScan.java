package io.github.resnetspark.source.table;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.source.table.TableRow.Kind;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import io.github.resnetspark.text.ClassNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The Spark task that reads a part of a table, with the columns that {@link TableColumns} selects: bytes, path, label
 * and split. It returns everything but the pictures.
 *
 * @param folder that relative paths start from; empty if there is none
 * @param copies the directory to which encoded pictures are copied, one file for each task, so that other tasks can
 *     read them in any order; empty if they are only looked at
 * @param configuration the Hadoop configuration
 */
record TableScan(String folder, String copies, SerializableConfiguration configuration)
        implements Function<Iterator<Row>, List<TableRow>> {
    /** Hadoop reads from these, but does not know the length of a file there. */
    private static final Set<String> WEB = Set.of("http", "https");

    @Override
    public List<TableRow> call(Iterator<Row> rows) throws IOException {
        Storage storage = Storage.of(configuration.value());
        List<TableRow> found = new ArrayList<>();
        try (Copies copied = new Copies(storage)) {
            while (rows.hasNext()) {
                Row row = rows.next();
                byte[] encoded = row.isNullAt(TableColumns.BYTES) ? null : row.getAs(TableColumns.BYTES);
                String path = text(row, TableColumns.PATH);
                String label = ClassNames.composed(text(row, TableColumns.LABEL).strip());
                String split = TableSplits.composed(text(row, TableColumns.SPLIT));
                found.add(
                        encoded == null
                                ? named(path, label, split, storage)
                                : copied.take(encoded, path, label, split));
            }
        }
        return found;
    }

    private static String text(Row row, int column) {
        return row.isNullAt(column) ? "" : row.getString(column);
    }

    private TableRow named(String path, String label, String split, Storage storage) throws IOException {
        TableRow row = new TableRow(path, "", 0, label, split, Kind.NAMED, List.of(), path, 0);
        if (path.isBlank()) {
            return new TableRow("", "", 0, label, split, Kind.NONE, List.of(TableFlaw.NO_PICTURE), "", 0);
        }
        Optional<Path> place = place(path);
        if (place.isEmpty()) {
            return row.flawed(TableFlaw.NOT_A_PATH);
        }
        if (folder.isEmpty() && !place.get().isAbsolute()) {
            return new TableRow(path, "", 0, label, split, Kind.NOWHERE, List.of(), path, 0);
        }
        try {
            FileStatus status = storage.status(place.get());
            return status.isFile()
                    ? new TableRow(
                            path,
                            Long.toString(status.getModificationTime()),
                            status.getLen(),
                            label,
                            split,
                            Kind.NAMED,
                            List.of(),
                            place.get().toString(),
                            0)
                    : row.flawed(TableFlaw.NOT_A_PATH);
        } catch (FileNotFoundException e) {
            return row.flawed(TableFlaw.MISSING_FILE);
        } catch (NoFileSystemException e) {
            return row.flawed(TableFlaw.NOT_A_PATH);
        }
    }

    private Optional<Path> place(String path) {
        try {
            Path named = new Path(path);
            String scheme = named.toUri().getScheme();
            if (scheme != null && WEB.contains(scheme.toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            return Optional.of(folder.isEmpty() ? named : new Path(new Path(folder), named));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Takes encoded pictures, and writes them one after the other to the task's file if they are to be copied. */
    private final class Copies implements AutoCloseable {
        private final Storage storage;
        private Path file;
        private FSDataOutputStream out;

        Copies(Storage storage) {
            this.storage = storage;
        }

        TableRow take(byte[] encoded, String path, String label, String split) throws IOException {
            String digest = Sha256.of(encoded);
            TableRow row = new TableRow(
                    path.isBlank() ? "sha256-" + digest : path,
                    digest,
                    encoded.length,
                    label,
                    split,
                    Kind.ENCODED,
                    List.of(),
                    "",
                    0);
            if (copies.isEmpty()) {
                return row;
            }
            if (out == null) {
                // Two attempts at the same task may run at once.
                file = new Path(
                        copies,
                        "part-" + TaskContext.getPartitionId() + "-"
                                + TaskContext.get().taskAttemptId());
                out = storage.create(file);
            }
            long offset = out.getPos();
            out.write(encoded);
            return row.at(file.toString(), offset);
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }
    }
}
