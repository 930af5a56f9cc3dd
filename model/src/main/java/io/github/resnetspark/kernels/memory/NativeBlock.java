package io.github.resnetspark.kernels.memory;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A block of native memory that begins at a cache line. Its content is not initialised. */
public final class NativeBlock implements AutoCloseable {
    private static final long CACHE_LINE = 64;

    private final BytePointer allocated;
    private final Pointer start;
    private final long bytes;

    /** Allocates a block. */
    public NativeBlock(long bytes) {
        this.bytes = bytes;
        this.allocated = new BytePointer(bytes + CACHE_LINE);
        this.start = new Aligned(allocated, CACHE_LINE);
    }

    /** The first byte. */
    public Pointer start() {
        return start;
    }

    /** The size. */
    public long bytes() {
        return bytes;
    }

    /** Sets all bytes to 0. */
    public void clear() {
        Pointer.memset(start, 0, bytes);
    }

    @Override
    public void close() {
        allocated.close();
    }

    /** The first aligned address in memory that something else owns. */
    private static final class Aligned extends Pointer {
        Aligned(Pointer memory, long alignment) {
            super((Pointer) null);
            address = (memory.address() + alignment - 1) / alignment * alignment;
        }
    }
}
