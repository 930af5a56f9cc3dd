package io.github.resnetspark.source.table;

import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.message.data.TableReasons;
import io.github.resnetspark.source.PrepareSettings.TableSettings;
import io.github.resnetspark.source.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table that are read.
 *
 * @param selected exactly four columns: the encoded picture, its path, its label and its split. What the table does not
 *     have is null
 * @param labels whether labels are names or numbers
 */
record TableColumns(Dataset<Row> selected, Labels labels) {
    /** The positions of the columns. */
    static final int BYTES = 0;

    static final int PATH = 1;
    static final int LABEL = 2;
    static final int SPLIT = 3;

    private static final String PICTURE_KEY = "picture-column";
    private static final String LABEL_KEY = "label-column";
    private static final String SPLIT_KEY = "split-column";

    /** What a label is. */
    enum Labels {
        /** The name of the class. */
        NAMES,
        /** The number of the class. */
        NUMBERS,
        /** One of the two: numbers if all are whole numbers. */
        UNTYPED
    }

    /**
     * Finds the columns that the settings name.
     *
     * @param table what Spark reads
     * @param typed whether the table has types, which CSV has not
     * @param shown the table's name for messages
     * @throws SourceException if a column is missing or has a type that does not fit, with all of them
     */
    static TableColumns of(Dataset<Row> table, boolean typed, TableSettings settings, String shown) {
        List<String> problems = new ArrayList<>();
        StructType schema = table.schema();
        Column bytes = nothing(DataTypes.BinaryType);
        Column path = nothing(DataTypes.StringType);
        Optional<StructField> picture = field(schema, PICTURE_KEY, settings.picture(), problems);
        if (picture.isPresent()) {
            DataType type = picture.get().dataType();
            Column column = column(table, picture.get());
            if (type.equals(DataTypes.BinaryType)) {
                bytes = column;
            } else if (isText(type)) {
                path = column.cast(DataTypes.StringType);
            } else if (type instanceof StructType struct && hasPicture(struct)) {
                bytes = has(struct, "bytes") ? column.getField("bytes") : bytes;
                path = has(struct, "path") ? column.getField("path").cast(DataTypes.StringType) : path;
            } else {
                problems.add(otherType(PICTURE_KEY, picture.get(), TableReasons.pictureTypes()));
            }
        }
        Column label = nothing(DataTypes.StringType);
        Labels labels = typed ? Labels.NAMES : Labels.UNTYPED;
        Optional<StructField> named = field(schema, LABEL_KEY, settings.label(), problems);
        if (named.isPresent()) {
            label = column(table, named.get()).cast(DataTypes.StringType);
            if (isWhole(named.get().dataType())) {
                labels = Labels.NUMBERS;
            } else if (!isText(named.get().dataType())) {
                problems.add(otherType(LABEL_KEY, named.get(), TableReasons.labelTypes()));
            }
        }
        Column split = nothing(DataTypes.StringType);
        if (!settings.split().isEmpty()) {
            Optional<StructField> field = field(schema, SPLIT_KEY, settings.split(), problems);
            if (field.isPresent() && isText(field.get().dataType())) {
                split = column(table, field.get()).cast(DataTypes.StringType);
            } else if (field.isPresent()) {
                problems.add(otherType(SPLIT_KEY, field.get(), TableReasons.splitTypes()));
            }
        }
        if (!problems.isEmpty()) {
            throw new SourceException(
                    TableFailures.unusableColumns(shown, problems, Arrays.asList(schema.fieldNames())));
        }
        return new TableColumns(table.select(bytes, path, label, split), labels);
    }

    private static Column nothing(DataType type) {
        return functions.lit(null).cast(type);
    }

    /** The column of exactly that name, or else the only one that differs in upper and lower case alone. */
    private static Optional<StructField> field(StructType schema, String key, String name, List<String> problems) {
        List<StructField> alike = Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
        Optional<StructField> found =
                alike.stream().filter(field -> field.name().equals(name)).findFirst();
        if (found.isEmpty() && alike.size() == 1) {
            found = Optional.of(alike.get(0));
        }
        if (found.isEmpty()) {
            problems.add(TableReasons.noColumn(key, name));
        }
        return found;
    }

    /** Quoted, because a name may have dots. */
    private static Column column(Dataset<Row> table, StructField field) {
        return table.col("`" + field.name().replace("`", "``") + "`");
    }

    private static String otherType(String key, StructField field, String wanted) {
        return TableReasons.otherType(key, field.name(), field.dataType().simpleString(), wanted);
    }

    /** Of the two fields of Hugging Face's pictures, one is enough. */
    private static boolean hasPicture(StructType struct) {
        return (has(struct, "bytes") || has(struct, "path"))
                && Arrays.stream(struct.fields()).allMatch(field -> switch (field.name()) {
                    case "bytes" -> field.dataType().equals(DataTypes.BinaryType);
                    case "path" -> isText(field.dataType());
                    default -> true;
                });
    }

    private static boolean has(StructType struct, String name) {
        return Arrays.asList(struct.fieldNames()).contains(name);
    }

    private static boolean isText(DataType type) {
        return type instanceof StringType;
    }

    private static boolean isWhole(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }
}
