package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.RawFloats;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.serializer.DeserializationStream;
import scala.reflect.ClassTag;

/** Reads what {@link RawFloatsWriter} has written. */
final class RawFloatsReader extends DeserializationStream {
    private final DataInputStream in;

    RawFloatsReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Spark takes an {@link java.io.EOFException} as the end, checked or not. */
    @Override
    @SuppressWarnings("unchecked") // As the caller says.
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
            throw new IllegalStateException("an executor lacks a class that another one has", e);
        }
    }

    private void read(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += RawFloatsSerializer.PIECE) {
            in.readFully(bytes, from, Math.min(RawFloatsSerializer.PIECE, bytes.length - from));
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

    @SuppressWarnings("unchecked") // Scala has no checked exceptions, and Spark looks for this one.
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
            if (object instanceof RawFloatsSerializer.Place place) {
                RawFloats values = RawFloats.zeros(place.length());
                floats.add(values);
                return values;
            }
            return object;
        }
    }
}
