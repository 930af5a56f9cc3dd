package io.github.resnetspark.shard;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Passes the fields of a row to Parquet, in the order of {@link ShardSchema#COLUMNS}. */
final class ShardRowWriteSupport extends WriteSupport<ShardRow> {
    private final Map<String, String> footer;
    private RecordConsumer consumer;

    /** @param footer read when the file is closed, so entries may be added until then */
    ShardRowWriteSupport(Map<String, String> footer) {
        this.footer = footer;
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(ShardSchema.COLUMNS, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    @Override
    public void write(ShardRow row) {
        consumer.startMessage();
        consumer.startField("image", 0);
        consumer.startGroup();
        binary("bytes", 0, Binary.fromConstantByteArray(row.bytes()));
        binary("path", 1, Binary.fromString(row.path()));
        consumer.endGroup();
        consumer.endField("image", 0);
        consumer.startField("label", 1);
        consumer.addLong(row.label());
        consumer.endField("label", 1);
        integer("width", 2, row.width());
        integer("height", 3, row.height());
        consumer.endMessage();
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        return new FinalizedWriteContext(footer);
    }

    private void binary(String name, int index, Binary value) {
        consumer.startField(name, index);
        consumer.addBinary(value);
        consumer.endField(name, index);
    }

    private void integer(String name, int index, int value) {
        consumer.startField(name, index);
        consumer.addInteger(value);
        consumer.endField(name, index);
    }
}
