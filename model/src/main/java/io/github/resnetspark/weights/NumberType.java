package io.github.resnetspark.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The number formats of weight files that are read, by safetensors' names. All but the last two become floats without loss. */
enum NumberType {
    /** IEEE 754 halves. */
    F16(2) {
        @Override
        float next(ByteBuffer bytes) {
            return half(bytes.getShort());
        }
    },
    /** The upper half of a float. */
    BF16(2) {
        @Override
        float next(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
        }
    },
    F32(4) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    F64(8) {
        @Override
        float next(ByteBuffer bytes) {
            return (float) bytes.getDouble();
        }
    },
    I64(8) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getLong();
        }
    };

    /** 2 to the -24, the smallest half above 0. */
    private static final float SMALLEST_HALF = 0x1p-24f;

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** The value at the buffer's position, which moves behind it. */
    abstract float next(ByteBuffer bytes);

    int bytes() {
        return bytes;
    }

    static Optional<NumberType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** One sign bit, five of the exponent, ten of the fraction. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float size =
                switch (exponent) {
                    case 0 -> fraction * SMALLEST_HALF;
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Float.intBitsToFloat(((exponent + 127 - 15) << 23) | (fraction << 13));
                };
        return bits < 0 ? -size : size;
    }
}
