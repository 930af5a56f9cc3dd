package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.averaging.Contribution;
import io.github.resnetspark.job.averaging.RawFloats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class RawFloatsSerializerTest {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    private final SerializerInstance serializer = new RawFloatsSerializer().newInstance();

    @Test
    void readsKeysAndValuesInOrderUntilTheStreamEnds() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SerializationStream out = serializer.serializeStream(bytes)) {
            out.writeKey(7, ANY).writeValue(part(1, 2.5f, Float.NaN, -0f), ANY);
            out.writeKey(8, ANY).writeValue(part(2), ANY);
        }

        Iterator<Tuple2<Object, Object>> read = serializer
                .deserializeStream(new ByteArrayInputStream(bytes.toByteArray()))
                .asKeyValueIterator();

        Tuple2<Object, Object> first = read.next();
        assertThat(first._1()).isEqualTo(7);
        Contribution values = ((SliceAverage.Part) first._2()).contribution();
        assertThat(values.worker()).isEqualTo(1);
        assertThat(values.values().toArray()).containsExactly(2.5f, Float.NaN, -0f);
        Tuple2<Object, Object> second = read.next();
        assertThat(second._1()).isEqualTo(8);
        assertThat(((SliceAverage.Part) second._2()).contribution().values().length())
                .isZero();
        assertThat(read.hasNext()).isFalse();
    }

    @Test
    void writesFloatsUnchangedAfterTheirObject() {
        float[] many = new float[100_000];
        many[99_999] = 1;

        ByteBuffer bytes = serializer.serialize(part(1, many), ANY);

        assertThat(bytes.remaining()).isBetween(400_000, 401_000);
        assertThat(bytes.order(ByteOrder.LITTLE_ENDIAN).getFloat(bytes.limit() - Float.BYTES))
                .isEqualTo(1);
        SliceAverage.Part read = serializer.deserialize(bytes, getClass().getClassLoader(), tag());
        assertThat(read.contribution().values().toArray()).isEqualTo(many);
    }

    @Test
    void writesFloatsFromOutsideTheHeap() {
        ByteBuffer outside = ByteBuffer.allocateDirect(400_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 100_000; i++) {
            outside.putFloat(4 * i, i);
        }

        List<RawFloats> read = serializer.deserialize(
                serializer.serialize(List.of(new RawFloats(outside.slice(4, 399_996))), ANY),
                ClassTag$.MODULE$.apply(List.class));

        float[] expected = new float[99_999];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = i + 1;
        }
        assertThat(read.get(0).toArray()).isEqualTo(expected);
    }

    @Test
    void keepsTwoReferencesToTheSameFloatsIdentical() {
        RawFloats shared = RawFloats.of(1, 2);

        List<RawFloats> read = serializer.deserialize(
                serializer.serialize(List.of(shared, RawFloats.of(3), shared), ANY),
                ClassTag$.MODULE$.apply(List.class));

        assertThat(read)
                .extracting(RawFloats::toArray)
                .containsExactly(new float[] {1, 2}, new float[] {3}, new float[] {1, 2});
        assertThat(read.get(2)).isSameAs(read.get(0));
    }

    private static ClassTag<SliceAverage.Part> tag() {
        return ClassTag$.MODULE$.apply(SliceAverage.Part.class);
    }

    private static SliceAverage.Part part(int worker, float... values) {
        return new SliceAverage.Part(new Contribution(worker, 10, RawFloats.of(values)), null);
    }
}
