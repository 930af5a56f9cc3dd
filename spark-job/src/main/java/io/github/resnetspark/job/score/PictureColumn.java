package io.github.resnetspark.job.score;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.message.job.ScoreNotices;
import io.github.resnetspark.predict.EncodedPicture;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The column of a DataFrame that has the pictures.
 *
 * @param index of the column
 * @param kind of its values
 * @param fields the positions of the fields that the kind uses, in its order
 */
record PictureColumn(int index, Kind kind, List<Integer> fields) implements Serializable {
    /** The types of a column with pictures. */
    enum Kind {
        /** The bytes of a JPEG, PNG, BMP or WebP file, as Spark's source {@code binaryFile} reads them. */
        BYTES,
        /** A struct with such bytes, as in this project's shards and in Hugging Face's data sets. */
        STRUCT,
        /** Decoded pixels, as Spark's source {@code image} has them. */
        PIXELS;

        /** The fields of a struct that are used; the last one has the bytes. */
        private List<String> fields() {
            return switch (this) {
                case BYTES -> List.of();
                case STRUCT -> List.of("bytes");
                case PIXELS -> List.of("width", "height", "nChannels", "data");
            };
        }

        private boolean accepts(DataType type) {
            if (this == BYTES) {
                return type.equals(DataTypes.BinaryType);
            }
            String bytes = fields().get(fields().size() - 1);
            return type instanceof StructType struct
                    && Arrays.asList(struct.fieldNames()).containsAll(fields())
                    && fields().stream().allMatch(field -> struct.apply(field)
                            .dataType()
                            .equals(field.equals(bytes) ? DataTypes.BinaryType : DataTypes.IntegerType));
        }

        private List<Integer> positions(DataType type) {
            return type instanceof StructType struct
                    ? fields().stream().map(struct::fieldIndex).toList()
                    : List.of();
        }
    }

    PictureColumn {
        fields = List.copyOf(fields);
    }

    /** Nothing if the column cannot have pictures. */
    static Optional<PictureColumn> of(StructType schema, String name) {
        DataType type = schema.apply(name).dataType();
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.accepts(type))
                .findFirst()
                .map(kind -> new PictureColumn(schema.fieldIndex(name), kind, kind.positions(type)));
    }

    /** The picture of a row. Reading it fails if there is none. */
    EncodedPicture picture(Row row) {
        return () -> {
            if (row.isNullAt(index)) {
                throw new ImageException(ScoreNotices.noPicture());
            }
            byte[] bytes =
                    switch (kind) {
                        case BYTES -> row.getAs(index);
                        case STRUCT -> row.getStruct(index).getAs(fields.get(0));
                        case PIXELS -> bmp(row.getStruct(index));
                    };
            if (bytes == null) {
                throw new ImageException(ScoreNotices.noPicture());
            }
            return bytes;
        };
    }

    private byte[] bmp(Row picture) {
        for (int field : fields) {
            if (picture.isNullAt(field)) {
                throw new ImageException(ScoreNotices.noPicture());
            }
        }
        return BgrPixels.bmp(
                picture.getInt(fields.get(0)),
                picture.getInt(fields.get(1)),
                picture.getInt(fields.get(2)),
                picture.getAs(fields.get(3)));
    }
}
