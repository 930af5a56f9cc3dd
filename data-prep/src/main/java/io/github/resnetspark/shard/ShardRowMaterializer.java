package io.github.resnetspark.shard;

import io.github.resnetspark.message.data.ShardReasons;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Assembles rows from the fields that Parquet reads. */
final class ShardRowMaterializer extends RecordMaterializer<ShardRow> {
    private byte[] bytes;
    private String path;
    private Integer label;
    private Integer width;
    private Integer height;

    private final GroupConverter root =
            new Group(
                    new Group(
                            new BinaryField(value -> bytes = value.getBytes()),
                            new BinaryField(value -> path = value.toStringUsingUTF8())),
                    new IntegerField(value -> label = value),
                    new IntegerField(value -> width = value),
                    new IntegerField(value -> height = value)) {
                @Override
                public void start() {
                    bytes = null;
                    path = null;
                    label = null;
                    width = null;
                    height = null;
                }
            };

    @Override
    public ShardRow getCurrentRecord() {
        if (bytes == null || path == null || label == null || width == null || height == null) {
            throw new UnusableRowException(ShardReasons.emptyField());
        }
        return new ShardRow(bytes, path, label, width, height);
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    /** A row with a missing or invalid value. */
    static final class UnusableRowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableRowException(String message) {
            super(message);
        }
    }

    private static class Group extends GroupConverter {
        private final Converter[] fields;

        Group(Converter... fields) {
            this.fields = fields;
        }

        @Override
        public Converter getConverter(int index) {
            return fields[index];
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }

    private static final class BinaryField extends PrimitiveConverter {
        private final Consumer<Binary> target;

        BinaryField(Consumer<Binary> target) {
            this.target = target;
        }

        @Override
        public void addBinary(Binary value) {
            target.accept(value);
        }
    }

    private static final class IntegerField extends PrimitiveConverter {
        private final Consumer<Integer> target;

        IntegerField(Consumer<Integer> target) {
            this.target = target;
        }

        @Override
        public void addInt(int value) {
            target.accept(value);
        }

        /** Labels have 64 bits, but class numbers always fit into 32 bits. */
        @Override
        public void addLong(long value) {
            if (value != (int) value) {
                throw new UnusableRowException(ShardReasons.impossibleLabel(value));
            }
            target.accept((int) value);
        }
    }
}
