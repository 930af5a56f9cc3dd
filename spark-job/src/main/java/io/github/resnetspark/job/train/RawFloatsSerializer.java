package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.RawFloats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Java's serialization for a shuffle, but for {@link RawFloats} within an object: their bytes follow it as they are. Java's own
 * copies arrays through a buffer of 1 KB, which takes longer than to write them.
 *
 * <p>An object is the length of its Java form in four bytes, that form with the lengths of its floats in their places, and
 * the bytes of all floats in the order in which they occur.
 */
final class RawFloatsSerializer extends Serializer implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    /** Bytes in one go: from 8 KB on Java copies what it reads or writes through native memory, which is fresh for large pieces. */
    static final int PIECE = 1 << 16;

    @Override
    public SerializerInstance newInstance() {
        return new Instance();
    }

    private static final class Instance extends SerializerInstance {
        @Override
        public <T> ByteBuffer serialize(T object, ClassTag<T> tag) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (RawFloatsWriter writer = new RawFloatsWriter(bytes)) {
                writer.writeObject(object, tag);
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
            InputStream in = new ByteArrayInputStream(JavaUtils.bufferToArray(bytes.duplicate()));
            try (RawFloatsReader reader = new RawFloatsReader(in)) {
                return reader.readObject(tag);
            }
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
            return deserialize(bytes, tag);
        }

        @Override
        public SerializationStream serializeStream(OutputStream out) {
            return new RawFloatsWriter(out);
        }

        @Override
        public DeserializationStream deserializeStream(InputStream in) {
            return new RawFloatsReader(in);
        }
    }

    /** Stands in an object's Java form where floats were. */
    record Place(int length) implements java.io.Serializable {}
}
