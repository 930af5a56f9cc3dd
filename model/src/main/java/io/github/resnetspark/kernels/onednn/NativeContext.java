package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.memory.NativeBlock;
import io.github.resnetspark.kernels.provider.ForwardOperation.Filter;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * State that the kernels of one network share: the library's engine and stream, scratch memory, and the kernels to
 * close.
 */
final class NativeContext implements AutoCloseable {
    private final engine cpu = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private final primitive_attr attributes = new primitive_attr();
    private final ScratchMemory scratchpad = new ScratchMemory();
    private final ScratchMemory convertedWeights = new ScratchMemory();
    private final IdentityHashMap<Filter, List<FilterMemory>> filters = new IdentityHashMap<>();
    private final DataType activationType;
    private final Set<NativeKernel> kernels = Collections.newSetFromMap(new IdentityHashMap<>());

    NativeContext(Precision precision) {
        activationType = precision == Precision.BF16 ? DataType.BFLOAT16 : DataType.FLOAT;
        // The library's own scratchpad belongs to the thread that created a primitive, but another thread may run it.
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    }

    engine engine() {
        return cpu;
    }

    stream stream() {
        return queue;
    }

    /** The attributes that every primitive has. */
    primitive_attr attributes() {
        return attributes;
    }

    /** Memory that a primitive may use while it runs. */
    ScratchMemory scratchpad() {
        return scratchpad;
    }

    /** The number format of activations and their gradients. */
    DataType activationType() {
        return activationType;
    }

    /** The library's name of a number format. */
    static data_type nativeType(DataType type) {
        return switch (type) {
            case FLOAT -> data_type.f32;
            case BFLOAT16 -> data_type.bf16;
            default -> throw new IllegalArgumentException("No kernel computes with " + type);
        };
    }

    /** Memory for one convolution's weights or their gradient in its own format, until the next convolution. */
    ScratchMemory convertedWeights() {
        return convertedWeights;
    }

    /** A filter's parameters in a layout. Passes of several batch sizes share them. */
    FilterMemory filter(Filter filter, memory.desc layout) {
        List<FilterMemory> known = filters.computeIfAbsent(filter, unknown -> new ArrayList<>());
        return known.stream().filter(memory -> memory.isIn(layout)).findFirst().orElseGet(() -> {
            FilterMemory made = register(new FilterMemory(this, filter, layout));
            known.add(made);
            return made;
        });
    }

    <K extends NativeKernel> K register(K kernel) {
        kernels.add(kernel);
        return kernel;
    }

    void forget(NativeKernel kernel) {
        kernels.remove(kernel);
    }

    @Override
    public void close() {
        List.copyOf(kernels).forEach(NativeKernel::close);
        scratchpad.close();
        convertedWeights.close();
        attributes.close();
        queue.close();
        cpu.close();
    }

    /**
     * A block of native memory that grows to the largest requested size. Only one caller uses its contents at a time.
     */
    static final class ScratchMemory implements AutoCloseable {
        private NativeBlock block;

        /** At least {@code bytes} bytes, aligned to a cache line; valid until the next call. */
        Pointer of(long bytes) {
            if (block == null || block.bytes() < bytes) {
                close();
                block = new NativeBlock(bytes);
            }
            return block.start();
        }

        @Override
        public void close() {
            if (block != null) {
                block.close();
                block = null;
            }
        }
    }
}
