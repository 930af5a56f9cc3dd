package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.KernelProvider.ConstantWeights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights that are reordered only once into each layout that a convolution requires. Convolutions of several shapes
 * share them.
 */
final class OneDnnConstantWeights extends NativeKernel implements ConstantWeights {
    private final memory.desc layout;
    private final memory weights;
    private final List<memory> converted = new ArrayList<>();

    /** @param weights {@code [out, in, height, width]} in C order */
    OneDnnConstantWeights(NativeContext context, INDArray weights) {
        super(context);
        this.layout = own(new memory.desc(weights.shape(), data_type.f32, format_tag.oihw));
        this.weights = borrowed(layout);
        point(this.weights, weights);
    }

    /** The weights in a layout, which may be their original one. Valid until this object is closed. */
    memory in(memory.desc wanted) {
        if (wanted.equals(layout)) {
            return weights;
        }
        for (memory known : converted) {
            if (known.get_desc().equals(wanted)) {
                return known;
            }
        }
        memory made = allocated(wanted);
        var description = own(new reorder.primitive_desc(
                context().engine(),
                layout,
                context().engine(),
                wanted,
                context().attributes(),
                false));
        step(
                        new reorder(description),
                        description,
                        new Argument(dnnl.DNNL_ARG_FROM, weights),
                        new Argument(dnnl.DNNL_ARG_TO, made))
                .run();
        converted.add(made);
        return made;
    }
}
