package io.github.resnetspark.predict;

import io.github.resnetspark.kernels.memory.NativeBlock;
import io.github.resnetspark.message.model.KernelNotices;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.ResNetSpec;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/**
 * The limits of JavaCPP for memory outside the heap. At a limit, every allocation first runs the garbage collector and waits,
 * again and again.
 *
 * @param allocated bytes that it allows for the arrays of networks, 0 for any number, which is the default
 * @param process bytes of the whole process that it allows, 0 for any number; by default twice the size of the heap
 * @param heap the largest size of the heap in bytes
 */
record MemoryLimits(long allocated, long process, long heap) {
    /** The input and output of an operation, and the shortcut beside it. */
    private static final int ACTIVATIONS = 3;
    /** The network, the weights in the library's layout, and the file while it is read. */
    private static final int COPIES_OF_PARAMETERS = 3;

    /** Those of this process. */
    static MemoryLimits current() {
        return new MemoryLimits(
                NativeBlock.limit(),
                Pointer.maxPhysicalBytes(),
                Runtime.getRuntime().maxMemory());
    }

    /** What predictions outside the heap need, in bytes. */
    static long need(ResNetSpec spec, int batch) {
        LayerTable table = LayerTable.of(spec);
        long largest = table.layers().stream()
                .mapToLong(LayerTable.Row::activationBytes)
                .max()
                .orElse(0);
        return (long) batch * ACTIVATIONS * largest + (long) COPIES_OF_PARAMETERS * Float.BYTES * table.parameters();
    }

    /** A warning if predictions that need so many bytes may reach a limit. */
    Optional<String> warning(long need) {
        boolean reaches = (allocated > 0 && need > allocated) || (process > 0 && heap + need > process);
        return reaches ? Optional.of(KernelNotices.limitedMemory(heap, need)) : Optional.empty();
    }
}
