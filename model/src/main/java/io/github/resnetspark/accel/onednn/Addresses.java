package io.github.resnetspark.accel.onednn;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where arrays lie in native memory. */
final class Addresses {
    private Addresses() {}

    /** The first value of a float array: a view begins at an offset into its buffer. */
    static Pointer of(INDArray array) {
        if (array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("an array of " + array.dataType() + " where FLOAT is needed");
        }
        return pointer(array.data().address() + array.offset() * Float.BYTES);
    }

    static Pointer pointer(long address) {
        return new Borrowed(address);
    }

    static long alignedUp(long address, long alignment) {
        return (address + alignment - 1) / alignment * alignment;
    }

    /** A pointer to memory that somebody else owns. */
    private static final class Borrowed extends Pointer {
        Borrowed(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}
