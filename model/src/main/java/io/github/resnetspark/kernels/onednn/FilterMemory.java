package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ForwardOperation.Filter;
import io.github.resnetspark.kernels.provider.ForwardOperation.Statistics;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The parameters of a convolution in the layout that a primitive requires. The normalisation that follows is multiplied
 * into them, so it costs nothing when the pass runs.
 */
final class FilterMemory extends NativeKernel {
    private final Filter filter;
    private final memory plain;
    private final memory weights;
    private final memory bias;
    private final NativeStep bring;

    /** @param layout of the weights */
    FilterMemory(NativeContext context, Filter filter, memory.desc layout) {
        super(context);
        this.filter = filter;
        memory.desc outside =
                own(new memory.desc(filter.weights().shape(), memory.data_type.f32, memory.format_tag.oihw));
        plain = borrowed(outside);
        weights = allocated(layout);
        bias = filter.isBiased() ? allocated(vector(filter.weights().size(0))) : null;
        bring = reorder(outside, plain, layout, weights);
    }

    boolean isIn(memory.desc layout) {
        return weights.get_desc().equals(layout);
    }

    /** In the layout. */
    memory weights() {
        return weights;
    }

    /** {@code null} if there is none. */
    memory bias() {
        return bias;
    }

    /** Reads the parameters. */
    void read() {
        float[] values = Addresses.copyOf(filter.weights());
        float[] biases = filter.bias().map(Addresses::copyOf).orElseGet(() -> new float[bias == null ? 0 : channels()]);
        filter.normalization().ifPresent(statistics -> normalize(values, biases, statistics));
        if (bias != null) {
            new FloatPointer(bias.get_data_handle()).put(biases);
        }
        try (FloatPointer folded = new FloatPointer(values)) {
            plain.set_data_handle(folded);
            bring.run();
        }
    }

    private int channels() {
        return Math.toIntExact(filter.weights().size(0));
    }

    private static void normalize(float[] weights, float[] biases, Statistics statistics) {
        double[] factors = statistics.factors();
        double[] summands = statistics.summands(factors);
        int ofChannel = weights.length / factors.length;
        for (int channel = 0; channel < factors.length; channel++) {
            for (int i = channel * ofChannel; i < (channel + 1) * ofChannel; i++) {
                weights[i] = (float) (weights[i] * factors[channel]);
            }
            biases[channel] = (float) (biases[channel] * factors[channel] + summands[channel]);
        }
    }
}
