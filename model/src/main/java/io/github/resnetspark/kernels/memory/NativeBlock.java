package io.github.resnetspark.kernels.memory;

import java.lang.ref.Cleaner;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A block of native memory that begins at a cache line, or at a huge page if it is large. Its content is not initialised.
 *
 * <p>JavaCPP's {@code maxBytes} limits it only if somebody has set it. The default, the size of the heap, would be too little
 * for the activations of a network.
 */
public final class NativeBlock implements AutoCloseable {
    private static final long CACHE_LINE = 64;

    /** JavaCPP accepts both. */
    private static final boolean LIMITED = Stream.of("maxbytes", "maxBytes")
            .anyMatch(name -> System.getProperty("org.bytedeco.javacpp." + name) != null);

    private static final Cleaner CLEANER = Cleaner.create();

    private final Cleaner.Cleanable memory;
    private final Pointer start;
    private final long bytes;

    /**
     * Allocates a block.
     *
     * @throws OutOfMemoryError at JavaCPP's limit, or if the system has no more memory for this process
     */
    public NativeBlock(long bytes) {
        this.bytes = bytes;
        boolean large = bytes >= HugePages.BYTES;
        long alignment = large ? HugePages.BYTES : CACHE_LINE;
        Pointer allocated = LIMITED ? new BytePointer(bytes + alignment) : unlimited(bytes + alignment);
        // Also frees a network that is dropped without being closed.
        this.memory = CLEANER.register(this, LIMITED ? allocated::close : () -> Pointer.free(allocated));
        this.start = new Aligned(allocated, alignment);
        if (large) {
            HugePages.advise(start.address(), bytes);
        }
    }

    private static Pointer unlimited(long bytes) {
        Pointer memory = Pointer.malloc(bytes);
        if (memory == null || memory.isNull()) {
            throw new OutOfMemoryError("Cannot allocate " + bytes + " bytes outside the Java heap");
        }
        return memory;
    }

    /** The bytes of all blocks together that JavaCPP allows, if somebody has set that; 0 for any number. */
    public static long limit() {
        return LIMITED ? Pointer.maxBytes() : 0;
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
        memory.clean();
    }

    /** The first aligned address in memory that something else owns. */
    private static final class Aligned extends Pointer {
        Aligned(Pointer memory, long alignment) {
            super((Pointer) null);
            address = (memory.address() + alignment - 1) / alignment * alignment;
        }
    }
}
