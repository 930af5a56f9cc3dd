package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.KernelProvider.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Kernels by shape. A run has few shapes: the full minibatch and the last one of an epoch, for training and for
 * validation. The least recently used kernels are freed.
 */
final class KernelCache<S, K extends Kernel> {
    private static final int SHAPES = 4;

    private final int capacity;
    private final Function<S, K> maker;
    private final LinkedHashMap<S, K> kernels = new LinkedHashMap<>(8, 0.75f, true);

    /** For one layer. */
    KernelCache(Function<S, K> maker) {
        this(1, maker);
    }

    /** @param layers how many layers of different shapes share it */
    KernelCache(int layers, Function<S, K> maker) {
        this.capacity = layers * SHAPES;
        this.maker = maker;
    }

    K of(S shape) {
        K kernel = kernels.get(shape);
        if (kernel == null) {
            if (kernels.size() == capacity) {
                Map.Entry<S, K> eldest = kernels.entrySet().iterator().next();
                kernels.remove(eldest.getKey());
                eldest.getValue().close();
            }
            kernel = maker.apply(shape);
            kernels.put(shape, kernel);
        }
        return kernel;
    }
}
