package io.github.resnetspark.kernels.provider;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Native addresses of arrays. */
public final class Addresses {
    private Addresses() {}

    /** The address of a float array's first value. A view begins at an offset into its buffer. */
    public static Pointer of(INDArray array) {
        return of(array, DataType.FLOAT);
    }

    /** The address of the first value of an array of that type. */
    public static Pointer of(INDArray array, DataType type) {
        if (array.dataType() != type) {
            throw new IllegalArgumentException("The array is " + array.dataType() + " but must be " + type);
        }
        return pointer(array.data().address() + array.offset() * type.width());
    }

    /**
     * The values of a contiguous float array in memory order, for reading and writing in place during the array's
     * lifetime.
     */
    public static FloatBuffer values(INDArray array) {
        // Only a typed pointer knows the number of bytes per element of its capacity.
        return new FloatPointer(of(array)).capacity(array.length()).asBuffer();
    }

    /** Sets all values of a contiguous array to 0. */
    public static void clear(INDArray array) {
        DataType type = array.dataType();
        Pointer.memset(of(array, type), 0, array.length() * type.width());
    }

    /** A copy of a contiguous float array's values in memory order. */
    public static float[] copyOf(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        values(array).get(values);
        return values;
    }

    /** A pointer to memory that it does not own. */
    public static Pointer pointer(long address) {
        return new Borrowed(address);
    }

    private static final class Borrowed extends Pointer {
        Borrowed(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}
