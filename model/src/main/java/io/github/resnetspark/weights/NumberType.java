package io.github.resnetspark.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The supported number types of weight files, named as in safetensors. All but the last two convert to floats without loss. */
enum NumberType {
    /** IEEE 754 half precision. */
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

    /** 2^-24, the smallest positive half-precision number. */
    private static final float SMALLEST_HALF = 0x1p-24f;

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** Reads the value at the buffer's position. */
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

    /** Converts one sign bit, five bits of exponent and ten bits of fraction. */
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
