package io.github.resnetspark.source.table;

import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.message.data.TableReasons;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.FileRangeReader;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PassedOver.Kind;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.PictureSource.SourceNotes;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that Spark SQL reads, with a row for each picture: a column with the picture or its path, one with its label,
 * and perhaps one with its split.
 *
 * <p>Spark does not promise an order of rows, and cannot read single rows by their numbers. So rows are sorted by what
 * they contain, and encoded pictures are copied to plain files first, from which the tasks that write shards read them.
 */
public final class TableSource implements PictureSource {
    private static final Logger LOG = LoggerFactory.getLogger(TableSource.class);

    private final TablePlace place;
    private final Storage storage;
    private final List<String> labels;
    private final String splitColumn;
    private Contents contents;

    /**
     * Finds the table, but does not read it.
     *
     * @throws SourceException if the source is a path of nothing
     */
    public TableSource(PrepareSettings settings, Storage storage) throws IOException {
        this.place = TablePlace.of(settings.source(), settings.table(), storage);
        this.storage = storage;
        this.labels = settings.labels();
        this.splitColumn = settings.table().split();
    }

    /** Whether a single file is a table, by its name. */
    public static boolean looksLikeIt(FileStatus source) {
        return TablePlace.looksLikeIt(source);
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.TABLE;
    }

    /** The rows, whatever the files that they are in. */
    @Override
    public List<String> inventory() throws IOException {
        return contents().rows().stream().map(TableRow::line).toList();
    }

    @Override
    public SourceNotes notes() throws IOException {
        return contents().notes();
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        Contents table = contents();
        TableClasses classes = TableClasses.of(
                table.rows().stream()
                        .filter(row -> row.flaw().isEmpty())
                        .map(TableRow::label)
                        .collect(Collectors.toSet()),
                table.columns().labels(),
                labels,
                place.source());
        List<SourceExample> train = new ArrayList<>();
        List<SourceExample> validation = new ArrayList<>();
        for (TableRow row : located(table, staging)) {
            boolean validates = table.splits().of(row) == Split.VALIDATION;
            (validates ? validation : train)
                    .add(row.flaw()
                            .map(flaw -> flaw.example(name(row)))
                            .orElseGet(() -> row.example(classes.numbers().get(row.label()))));
        }
        return new SourceListing(
                classes.names(), train, validation, new TableReader(new FileRangeReader(folder().orElse("/"))));
    }

    private static String name(TableRow row) {
        return row.path().isEmpty() ? TableReasons.unnamedRow(row.label()) : row.path();
    }

    private Optional<String> folder() throws IOException {
        Optional<Path> folder = place.folder();
        return folder.isPresent() ? Optional.of(storage.qualified(folder.get()).toString()) : Optional.empty();
    }

    private Contents contents() throws IOException {
        if (contents == null) {
            TableColumns columns = place.columns(SparkSession.builder().getOrCreate());
            List<TableRow> rows = scan(columns, "Reading the table", "");
            refuseUnusable(rows);
            TableSplits splits = TableSplits.of(rows, splitColumn, place.source());
            RowIntake intake = intake(rows, columns, splits);
            contents = new Contents(intake.end(), columns, splits, notes(rows, splits, intake));
        }
        return contents;
    }

    private static RowIntake intake(List<TableRow> rows, TableColumns columns, TableSplits splits) {
        RowIntake intake = new RowIntake(columns.labels(), splits.named());
        rows.stream().sorted(TableRow.ORDER).filter(splits::areRead).forEach(intake::take);
        return intake;
    }

    private SourceNotes notes(List<TableRow> rows, TableSplits splits, RowIntake intake) {
        List<String> warnings = splits.testValidates() && splits.trains()
                ? List.of(SourceNotices.testRowsUsedAsValidation(place.source()))
                : List.of();
        warnings.forEach(LOG::warn);
        PassedOver passedOver = PassedOver.NONE;
        if (intake.repeated() > 0) {
            passedOver = passedOver.plus(Kind.REPEATED_ROWS, intake.repeated());
        }
        long unread = rows.stream().filter(row -> !splits.areRead(row)).count();
        if (unread > 0) {
            passedOver = passedOver.plus(Kind.TEST_ROWS, unread);
        }
        if (!passedOver.isEmpty()) {
            LOG.warn("{}", SourceNotices.skipped(place.source(), passedOver.text()));
        }
        return new SourceNotes(passedOver, warnings);
    }

    private List<TableRow> scan(TableColumns columns, String doing, String copies) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(
                columns.selected().sparkSession().sparkContext());
        TableScan scan = new TableScan(folder().orElse(""), copies, ShardwiseJob.configuration(spark));
        return new ShardwiseJob(spark, doing).runOnPartitions(columns.selected().javaRDD(), scan);
    }

    private void refuseUnusable(List<TableRow> rows) throws IOException {
        if (rows.isEmpty()) {
            throw new SourceException(TableFailures.noRows(place.source()));
        }
        Optional<TableRow> nowhere =
                rows.stream().filter(row -> row.kind() == TableRow.Kind.NOWHERE).findFirst();
        if (nowhere.isPresent()) {
            throw new SourceException(
                    TableFailures.relativePaths(place.source(), nowhere.get().path()));
        }
        // A wrong folder or column is said at once, and not as thousands of rejected pictures.
        if (rows.stream()
                .allMatch(row -> row.kind() == TableRow.Kind.NAMED && row.flaw().isPresent())) {
            throw new SourceException(TableFailures.noPictureExists(
                    place.source(), rows.size(), rows.get(0).path(), folder().orElse("")));
        }
    }

    /** The rows with the places of their pictures. Encoded pictures are copied for that. */
    private List<TableRow> located(Contents table, Path staging) throws IOException {
        List<TableRow> encoded =
                table.rows().stream().filter(TableSource::isCopied).toList();
        if (encoded.isEmpty()) {
            return table.rows();
        }
        LOG.info(
                "{}",
                SourceNotices.copyingPictures(
                        place.source(),
                        encoded.size(),
                        encoded.stream().mapToLong(TableRow::bytes).sum(),
                        staging.toString()));
        // What a killed run has copied.
        storage.delete(staging);
        storage.makeDirectories(staging);
        List<TableRow> copied = scan(
                table.columns(), "Copying pictures", storage.qualified(staging).toString());
        List<TableRow> located = intake(copied, table.columns(), table.splits()).end();
        if (!inventory().equals(located.stream().map(TableRow::line).toList())) {
            throw new SourceException(TableFailures.changed(place.source()));
        }
        return located;
    }

    private static boolean isCopied(TableRow row) {
        return row.kind() == TableRow.Kind.ENCODED && row.flaw().isEmpty();
    }

    /**
     * What a table contains.
     *
     * @param rows in order, each picture once
     */
    private record Contents(List<TableRow> rows, TableColumns columns, TableSplits splits, SourceNotes notes) {}
}
