package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawFloatsTest {
    @Test
    void readsBytesFromBuffersOfAnyLength() {
        byte[] bytes = RawFloats.of(1.5f, -2, 3e-40f).bytes().array();
        RawFloats values = RawFloats.zeros(3);
        ByteBuffer outside = ByteBuffer.allocateDirect(7).put(bytes, 3, 7).flip();

        values.set(ByteBuffer.wrap(bytes, 0, 3), outside, ByteBuffer.wrap(bytes, 10, 2));

        assertThat(values.toArray()).containsExactly(1.5f, -2, 3e-40f);
    }

    @Test
    void javaSerializesThemInsideAndOutsideTheHeap() throws Exception {
        ByteBuffer outside = ByteBuffer.allocateDirect(20)
                .put(4, RawFloats.of(1.5f, -2, 3e-40f).bytes(), 0, 12);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new RawFloats(outside.slice(4, 12)));
        }

        RawFloats read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (RawFloats) in.readObject();
        }

        assertThat(read.toArray()).containsExactly(1.5f, -2, 3e-40f);
    }

    @Test
    void rejectsBytesThatAreNotWholeFloats() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RawFloats(ByteBuffer.allocate(7).position(1)))
                .withMessage("6 bytes are not a whole number of floats.");
    }

    @Test
    void rejectsTooManyAndTooFewBytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RawFloats.zeros(2).set(ByteBuffer.allocate(4), ByteBuffer.allocate(5)))
                .withMessage("There are 9 bytes for 2 floats of 4 bytes each.");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void findsASingleValueThatIsNotFinite(float value) {
        float[] values = new float[10_000];
        values[9_999] = value;

        assertThat(RawFloats.of(values).isFinite()).isFalse();
    }

    @Test
    void everyOtherValueIsFinite() {
        RawFloats extremes = RawFloats.of(
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.MIN_VALUE,
                -Float.MIN_NORMAL,
                0,
                -0f,
                Float.intBitsToFloat(-2));

        assertThat(RawFloats.of(Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_NORMAL, 0, -0f)
                        .isFinite())
                .isTrue();
        assertThat(extremes.isFinite()).as("with a NaN of another kind").isFalse();
    }
}
