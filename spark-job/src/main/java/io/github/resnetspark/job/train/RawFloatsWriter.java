package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.RawFloats;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.serializer.SerializationStream;
import scala.reflect.ClassTag;

/** Writes objects as {@link RawFloatsSerializer} says. */
final class RawFloatsWriter extends SerializationStream {
    private final DataOutputStream out;

    RawFloatsWriter(OutputStream out) {
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
        byte[] piece = new byte[Math.min(RawFloatsSerializer.PIECE, bytes.remaining())];
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
                return new RawFloatsSerializer.Place(values.length());
            }
            return object;
        }
    }
}
