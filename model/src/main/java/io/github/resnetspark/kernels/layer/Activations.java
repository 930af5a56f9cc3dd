package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.memory.NativeBlock;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The activations of a training step. Every step creates them in the same order, so each of them has the same memory in all
 * steps. DL4J's workspaces would allocate, and touch, all memory twice in the first step: once to learn its size.
 */
final class Activations {
    private final BlockPool pool;
    private final DataType type;
    private final List<Place> places = new ArrayList<>();
    private int next;

    /** @param type their number format */
    Activations(BlockPool pool, DataType type) {
        this.pool = pool;
        this.type = type;
    }

    /** A step begins. The activations of the last one are no longer used. */
    void begin() {
        next = 0;
    }

    /** The next activation of the step, channels-last and uninitialised. */
    INDArray take(ImageShape shape) {
        if (next == places.size()) {
            places.add(new Place());
        }
        return places.get(next++).array(shape);
    }

    /** Memory for the activations of one vertex in minibatches of any size. */
    private final class Place {
        private final Map<ImageShape, INDArray> arrays = new HashMap<>();
        private NativeBlock block;

        INDArray array(ImageShape shape) {
            long bytes = shape.length() * type.width();
            if (block == null || block.bytes() < bytes) {
                NativeBlock small = block;
                // So it has no second owner if there is no memory for the large one.
                block = null;
                arrays.clear();
                if (small != null) {
                    pool.give(small);
                }
                block = pool.take(bytes);
            }
            return arrays.computeIfAbsent(shape, this::create);
        }

        private INDArray create(ImageShape shape) {
            return Nd4j.create(
                    Nd4j.createBuffer(block.start(), shape.length(), type),
                    shape.dimensions(),
                    Strides.channelsLast(shape).values(),
                    0,
                    'c',
                    type);
        }
    }
}
