package io.github.resnetspark.kernels.onednn;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;

/** A primitive with its arguments. */
final class NativeStep {
    private final NativeContext context;
    private final primitive operation;
    private final IntMemoryMap arguments;
    private final memory scratchpad;
    private final long scratchpadBytes;

    NativeStep(NativeKernel kernel, primitive operation, primitive_desc_base description, IntMemoryMap arguments) {
        this.context = kernel.context();
        this.operation = operation;
        this.arguments = arguments;
        memory.desc layout = kernel.own(description.scratchpad_desc());
        this.scratchpadBytes = layout.get_size();
        this.scratchpad = kernel.borrowed(layout);
        arguments.put(dnnl.DNNL_ARG_SCRATCHPAD, scratchpad);
    }

    void run() {
        if (scratchpadBytes > 0) {
            scratchpad.set_data_handle(context.scratchpad().of(scratchpadBytes));
        }
        operation.execute(context.stream(), arguments);
    }
}
