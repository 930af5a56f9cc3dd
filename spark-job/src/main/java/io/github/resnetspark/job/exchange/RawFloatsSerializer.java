package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.job.TrainingFailures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Java serialization for a shuffle, except that the bytes of all {@link RawFloats} within an object follow it
 * unchanged. Java's own serialization copies arrays through a buffer of 1 KB, which takes longer than writing them.
 *
 * <p>Format of an object: four bytes with the length of its Java form; the Java form, in which the floats are replaced
 * by their lengths; the bytes of all floats in the order in which they occur.
 */
final class RawFloatsSerializer extends Serializer implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    /**
     * Bytes per read or write. From 8 KB on Java copies through native memory, which it allocates anew for large
     * buffers.
     */
    private static final int PIECE = 1 << 16;

    @Override
    public SerializerInstance newInstance() {
        return new Instance();
    }

    private static final class Instance extends SerializerInstance {
        @Override
        public <T> ByteBuffer serialize(T object, ClassTag<T> tag) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (Writer writer = new Writer(bytes)) {
                writer.writeObject(object, tag);
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
            InputStream in = new ByteArrayInputStream(JavaUtils.bufferToArray(bytes.duplicate()));
            try (Reader reader = new Reader(in)) {
                return reader.readObject(tag);
            }
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
            return deserialize(bytes, tag);
        }

        @Override
        public SerializationStream serializeStream(OutputStream out) {
            return new Writer(out);
        }

        @Override
        public DeserializationStream deserializeStream(InputStream in) {
            return new Reader(in);
        }
    }

    /** Replaces floats in an object's Java form. */
    private record Place(int length) implements java.io.Serializable {}

    /** Writes objects in this format. */
    private static final class Writer extends SerializationStream {
        private final DataOutputStream out;

        Writer(OutputStream out) {
            this.out = new DataOutputStream(out);
        }

        @Override
        public <T> SerializationStream writeObject(T object, ClassTag<T> tag) {
            List<RawFloats> floats = new ArrayList<>();
            ByteArrayOutputStream form = new ByteArrayOutputStream();
            try {
                try (ObjectOutputStream objects = new WithoutFloats(form, floats)) {
                    objects.writeObject(object);
                }
                out.writeInt(form.size());
                form.writeTo(out);
                for (RawFloats values : floats) {
                    write(values.bytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        private void write(ByteBuffer bytes) throws IOException {
            byte[] piece = new byte[Math.min(PIECE, bytes.remaining())];
            while (bytes.hasRemaining()) {
                int length = Math.min(piece.length, bytes.remaining());
                bytes.get(piece, 0, length);
                out.write(piece, 0, length);
            }
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static final class WithoutFloats extends ObjectOutputStream {
            private final List<RawFloats> floats;

            WithoutFloats(OutputStream out, List<RawFloats> floats) throws IOException {
                super(out);
                this.floats = floats;
                enableReplaceObject(true);
            }

            @Override
            protected Object replaceObject(Object object) {
                if (object instanceof RawFloats values) {
                    floats.add(values);
                    return new Place(values.length());
                }
                return object;
            }
        }
    }

    /** Reads objects that {@link Writer} wrote. */
    private static final class Reader extends DeserializationStream {
        private final DataInputStream in;

        Reader(InputStream in) {
            this.in = new DataInputStream(in);
        }

        /** Spark expects an {@link java.io.EOFException} at the end of the stream. */
        @Override
        @SuppressWarnings("unchecked") // The caller knows the type.
        public <T> T readObject(ClassTag<T> tag) {
            try {
                byte[] form = new byte[in.readInt()];
                in.readFully(form);
                List<RawFloats> floats = new ArrayList<>();
                T object;
                try (ObjectInputStream objects = new WithFloats(new ByteArrayInputStream(form), floats)) {
                    object = (T) objects.readObject();
                }
                for (RawFloats values : floats) {
                    read(values.bytes().array());
                }
                return object;
            } catch (IOException e) {
                throw unchecked(e);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(TrainingFailures.classMissing(), e);
            }
        }

        private void read(byte[] bytes) throws IOException {
            for (int from = 0; from < bytes.length; from += PIECE) {
                in.readFully(bytes, from, Math.min(PIECE, bytes.length - from));
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @SuppressWarnings("unchecked") // Scala has no checked exceptions, and Spark catches this one.
        private static <E extends Exception> RuntimeException unchecked(Exception e) throws E {
            throw (E) e;
        }

        private static final class WithFloats extends ObjectInputStream {
            private final List<RawFloats> floats;

            WithFloats(InputStream in, List<RawFloats> floats) throws IOException {
                super(in);
                this.floats = floats;
                enableResolveObject(true);
            }

            @Override
            protected Object resolveObject(Object object) {
                if (object instanceof Place place) {
                    RawFloats values = RawFloats.zeros(place.length());
                    floats.add(values);
                    return values;
                }
                return object;
            }
        }
    }
}
