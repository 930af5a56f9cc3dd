package io.github.resnetspark.shard;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.github.resnetspark.message.data.ShardReasons;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a shard. */
final class ShardSchema {
    private static final String LABEL = "label";

    /**
     * The columns of format version 2. All are optional, like the columns that Arrow and Spark write. Hugging Face
     * shows pictures only in an optional column, and class names only for a 64-bit label.
     */
    static final MessageType COLUMNS = Types.buildMessage()
            .optionalGroup()
            .optional(BINARY)
            .named("bytes")
            .optional(BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("path")
            .named("image")
            .optional(INT64)
            .named(LABEL)
            .optional(INT32)
            .named("width")
            .optional(INT32)
            .named("height")
            .named("shard");

    private ShardSchema() {}

    /** The format version with these columns. Only version 1 has 32-bit labels. */
    static int formatVersion(MessageType shard) {
        return typeOf(shard.getType(LABEL)) == INT32 ? 1 : 2;
    }

    /** Why a file is not a shard. Additional columns are allowed. */
    static List<String> problems(MessageType file) {
        List<String> problems = new ArrayList<>();
        for (String[] column : COLUMNS.getPaths().toArray(String[][]::new)) {
            String name = String.join(".", column);
            if (!file.containsPath(column)) {
                problems.add(ShardReasons.missingColumn(name));
            } else if (file.getMaxRepetitionLevel(column) > 0 || !sameType(file.getType(column), column)) {
                problems.add(ShardReasons.columnType(name, file.getType(column).toString()));
            }
        }
        return problems;
    }

    /** The columns of a shard as this file declares them, in the order of {@link #COLUMNS}. */
    static MessageType projection(MessageType file) {
        List<Type> fields = new ArrayList<>();
        for (Type field : COLUMNS.getFields()) {
            Type found = file.getType(field.getName());
            if (!field.isPrimitive()) {
                found = found.asGroupType()
                        .withNewFields(
                                found.asGroupType().getType("bytes"),
                                found.asGroupType().getType("path"));
            }
            fields.add(found);
        }
        return new MessageType(file.getName(), fields);
    }

    private static boolean sameType(Type found, String[] column) {
        if (!found.isPrimitive()) {
            return false;
        }
        boolean labelOfVersion1 = column.length == 1 && column[0].equals(LABEL) && typeOf(found) == INT32;
        return labelOfVersion1 || typeOf(found) == typeOf(COLUMNS.getType(column));
    }

    private static PrimitiveTypeName typeOf(Type type) {
        return type.asPrimitiveType().getPrimitiveTypeName();
    }
}
