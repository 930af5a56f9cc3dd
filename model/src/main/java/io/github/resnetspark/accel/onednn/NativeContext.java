package io.github.resnetspark.accel.onednn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;

/** What the kernels of one network share: the library's engine and stream, scratch memory, and who must be closed. */
final class NativeContext implements AutoCloseable {
    private final engine cpu = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private final primitive_attr attributes = new primitive_attr();
    private final ScratchMemory scratchpad = new ScratchMemory();
    private final ScratchMemory weights = new ScratchMemory();
    private final Set<NativeKernel> kernels = Collections.newSetFromMap(new IdentityHashMap<>());

    NativeContext() {
        // The library's own scratchpad belongs to the thread that made a primitive, which need not be the one that runs
        // it.
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

    /** Memory for one convolution's reordered weights, or their gradient, until the next convolution. */
    ScratchMemory weights() {
        return weights;
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
        weights.close();
        attributes.close();
        queue.close();
        cpu.close();
    }
}
