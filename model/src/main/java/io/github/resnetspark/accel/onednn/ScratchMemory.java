package io.github.resnetspark.accel.onednn;

import io.github.resnetspark.accel.kernel.Addresses;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A block of native memory as large as the largest that was asked for. What it holds is of use to one caller at a time. */
final class ScratchMemory implements AutoCloseable {
    private static final long CACHE_LINE = 64;

    private BytePointer block;

    /** At least {@code bytes} bytes, aligned to a cache line; valid until the next call. */
    Pointer of(long bytes) {
        if (block == null || block.capacity() < bytes + CACHE_LINE) {
            close();
            block = new BytePointer(bytes + CACHE_LINE);
        }
        return Addresses.pointer(Addresses.alignedUp(block.address(), CACHE_LINE));
    }

    @Override
    public void close() {
        if (block != null) {
            block.close();
            block = null;
        }
    }
}
