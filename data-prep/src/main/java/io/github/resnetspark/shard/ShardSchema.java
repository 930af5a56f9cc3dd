package io.github.resnetspark.shard;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

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
     * Those of format version 2. All optional, as Arrow and Spark write columns: Hugging Face shows pictures only in such a
     * column, and class names only beside a label of 64 bits.
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

    /** The format version whose columns these are: only version 1 has labels of 32 bits. */
    static int formatVersion(MessageType shard) {
        return typeOf(shard.getType(LABEL)) == INT32 ? 1 : 2;
    }

    /** What keeps a file from being a shard; more columns than ours do not. */
    static List<String> problems(MessageType file) {
        List<String> problems = new ArrayList<>();
        for (String[] column : COLUMNS.getPaths().toArray(String[][]::new)) {
            String name = String.join(".", column);
            if (!file.containsPath(column)) {
                problems.add("column " + name + " is missing");
            } else if (file.getMaxRepetitionLevel(column) > 0 || !sameType(file.getType(column), column)) {
                problems.add("column " + name + " is «" + file.getType(column) + "»");
            }
        }
        return problems;
    }

    /** The columns of a shard as this file declares them, in our order. */
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
