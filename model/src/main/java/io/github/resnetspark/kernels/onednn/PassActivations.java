package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.memory.NativeBlock;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/** The activations of a forward pass that is being planned. A block is used again after the last reader. */
final class PassActivations {
    private final NativeKernel pass;
    private final BlockPool.FreeBlocks free;
    /** The operations left that read each activation. */
    private final Map<Integer, Integer> readers = new HashMap<>();

    private final Map<Integer, Activation> activations = new HashMap<>();

    PassActivations(NativeKernel pass, BlockPool.FreeBlocks free, List<ForwardOperation> operations) {
        this.pass = pass;
        this.free = free;
        operations.stream()
                .flatMap(operation -> operation.inputs().stream())
                .forEach(activation -> readers.merge(activation, 1, Integer::sum));
    }

    /** @param block the memory that is free after the last reader, or {@code null} */
    private record Activation(memory place, NativeBlock block) {}

    memory of(int activation) {
        return activations.get(activation).place;
    }

    /** Memory for an activation. */
    memory create(int activation, memory.desc layout) {
        NativeBlock block = free.take(layout.get_size());
        memory place = pass.placed(layout, block.start());
        activations.put(activation, new Activation(place, block));
        return place;
    }

    /** An activation whose memory nothing else uses. */
    void put(int activation, memory place) {
        activations.put(activation, new Activation(place, null));
    }

    /** Whether the next operation is the last one that reads an activation and may write its result there. */
    boolean canOverwrite(int activation) {
        return readers.get(activation) == 1 && activations.get(activation).block != null;
    }

    /** The result of the next operation replaces one of its inputs. */
    memory overwrite(int input, int output) {
        Activation taken = activations.remove(input);
        activations.put(output, taken);
        return taken.place;
    }

    /** An operation has read its inputs. */
    void release(List<Integer> inputs) {
        for (int input : inputs) {
            if (readers.merge(input, -1, Integer::sum) == 0 && activations.containsKey(input)) {
                Activation last = activations.remove(input);
                if (last.block != null) {
                    free.give(last.block);
                }
            }
        }
    }
}
