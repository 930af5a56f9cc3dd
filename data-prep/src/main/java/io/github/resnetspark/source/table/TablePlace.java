package io.github.resnetspark.source.table;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.source.PrepareSettings.TableFiles;
import io.github.resnetspark.source.PrepareSettings.TableSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Where a table is: in files, or in Spark's catalog. A source without a slash is the name of a table in the catalog,
 * unless it ends as a file of a table does.
 *
 * @param source as the recipe has it
 * @param files the file, or the folder; empty if the table is in the catalog
 * @param settings the columns, and the kind of the files
 * @param storage how to reach them
 */
record TablePlace(String source, Optional<FileStatus> files, TableSettings settings, Storage storage) {
    private static final String SETTING = "prepare.table-files";
    private static final Map<TableFiles, List<String>> ENDINGS = new EnumMap<>(Map.of(
            TableFiles.PARQUET, List.of("parquet", "pq"),
            TableFiles.ORC, List.of("orc"),
            TableFiles.CSV, List.of("csv"),
            TableFiles.TSV, List.of("tsv"),
            TableFiles.JSON, List.of("json", "jsonl", "ndjson")));
    /** What Spark's text formats may be compressed with. */
    private static final List<String> PACKED = List.of("gz", "bz2", "zst", "lz4", "snappy", "deflate");

    private static final Pattern LETTER = Pattern.compile("[a-z]");
    /** Deep enough for tables that are partitioned by three columns. */
    private static final int DEPTH = 4;

    /**
     * Finds the table.
     *
     * @throws SourceException if the source is a path of nothing
     */
    static TablePlace of(String source, TableSettings settings, Storage storage) throws IOException {
        if (source.indexOf('/') < 0 && kind(source).isEmpty()) {
            return new TablePlace(source, Optional.empty(), settings, storage);
        }
        try {
            return new TablePlace(source, Optional.of(storage.status(new Path(source))), settings, storage);
        } catch (FileNotFoundException e) {
            throw new SourceException(
                    SourceFailures.missing(storage.qualified(new Path(source)).toString()), e);
        }
    }

    /** Whether a single file is a table, by its name. */
    static boolean looksLikeIt(FileStatus source) {
        return source.isFile() && kind(source.getPath().getName()).isPresent();
    }

    /** The folder that relative paths in the table start from; nothing if there is none. */
    Optional<Path> folder() {
        return settings.folder().isEmpty()
                ? files.map(status -> status.isDirectory()
                        ? status.getPath()
                        : status.getPath().getParent())
                : Optional.of(new Path(settings.folder()));
    }

    /**
     * The columns to read.
     *
     * @throws SourceException if Spark cannot read the table, or its columns are others
     */
    TableColumns columns(SparkSession spark) throws IOException {
        TableFiles kind = files.isPresent() ? kindOfFiles(files.get()) : TableFiles.AUTO;
        return TableColumns.of(open(spark, kind), kind != TableFiles.CSV && kind != TableFiles.TSV, settings, source);
    }

    private Dataset<Row> open(SparkSession spark, TableFiles kind) throws IOException {
        try {
            return files.isPresent() ? read(spark, kind, files.get()) : spark.table(source);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            // Most often an AnalysisException, which is checked but which Scala does not declare.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new SourceException(TableFailures.unreadable(source, reason), e);
        }
    }

    private Dataset<Row> read(SparkSession spark, TableFiles kind, FileStatus status) throws IOException {
        String path = withoutPatterns(storage.qualified(status.getPath()).toString());
        DataFrameReader reader = spark.read();
        if (status.isDirectory()
                && (settings.files() == TableFiles.AUTO || kinds(status).contains(kind))) {
            // A folder may have pictures or another table beside this one.
            reader = reader.option("pathGlobFilter", pattern(kind));
        }
        return switch (kind) {
            case PARQUET -> reader.parquet(path);
            case ORC -> reader.orc(path);
            case JSON -> reader.json(path);
            case CSV, AUTO -> separated(reader, ",").csv(path);
            case TSV -> separated(reader, "\t").csv(path);
        };
    }

    private static DataFrameReader separated(DataFrameReader reader, String separator) {
        return reader.option("header", "true")
                // As RFC 4180 and every spreadsheet write quotes in quotes.
                .option("escape", "\"")
                .option("sep", separator);
    }

    /** The names of all files of a kind, in upper or lower case, as Hadoop writes patterns. */
    private static String pattern(TableFiles kind) {
        return ENDINGS.get(kind).stream()
                .flatMap(ending ->
                        Stream.concat(Stream.of(ending), PACKED.stream().map(packed -> ending + "." + packed)))
                .map(ending -> "*." + LETTER.matcher(ending).replaceAll(TablePlace::eitherCase))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String eitherCase(MatchResult letter) {
        return "[" + letter.group() + letter.group().toUpperCase(Locale.ROOT) + "]";
    }

    /** Spark takes these characters for patterns. */
    private static String withoutPatterns(String path) {
        return path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
    }

    private TableFiles kindOfFiles(FileStatus status) throws IOException {
        if (settings.files() != TableFiles.AUTO) {
            return settings.files();
        }
        if (status.isFile()) {
            return kind(status.getPath().getName())
                    .orElseThrow(() -> new SourceException(TableFailures.unknownFiles(source, SETTING)));
        }
        NavigableSet<TableFiles> kinds = kinds(status);
        if (kinds.isEmpty()) {
            throw new SourceException(TableFailures.unknownFiles(source, SETTING));
        }
        if (kinds.size() > 1) {
            throw new SourceException(TableFailures.severalKinds(
                    source,
                    kinds.stream()
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .toList(),
                    SETTING));
        }
        return kinds.first();
    }

    /** The kinds of the files in a folder, or in the partitions of the first level that has any. */
    private NavigableSet<TableFiles> kinds(FileStatus folder) throws IOException {
        NavigableSet<TableFiles> kinds = new TreeSet<>();
        List<FileStatus> level = List.of(folder);
        for (int depth = 0; depth < DEPTH && kinds.isEmpty() && !level.isEmpty(); depth++) {
            level = below(level);
            level.stream()
                    .filter(FileStatus::isFile)
                    .forEach(file -> kind(file.getPath().getName()).ifPresent(kinds::add));
        }
        return kinds;
    }

    /** Of the folders, only those that Spark takes for partitions. */
    private List<FileStatus> below(List<FileStatus> level) throws IOException {
        List<FileStatus> below = new ArrayList<>();
        for (FileStatus folder : level) {
            if (folder.isDirectory()) {
                storage.list(folder.getPath()).stream()
                        .filter(found -> !found.getPath().getName().startsWith("_")
                                && !found.getPath().getName().startsWith("."))
                        .filter(found ->
                                found.isFile() || found.getPath().getName().contains("="))
                        .forEach(below::add);
            }
        }
        return below;
    }

    private static Optional<TableFiles> kind(String name) {
        String ending = ending(name);
        return ENDINGS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(ending))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The ending of a name, without that of a compression: {@code csv} for {@code labels.csv.gz}. */
    private static String ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        return PACKED.contains(ending) && lower.indexOf('.') < lower.lastIndexOf('.')
                ? ending(lower.substring(0, lower.lastIndexOf('.')))
                : ending;
    }
}
