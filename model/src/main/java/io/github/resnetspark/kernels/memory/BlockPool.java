package io.github.resnetspark.kernels.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Native memory for arrays that a network needs only for a while. Blocks are used again and again. */
public final class BlockPool implements AutoCloseable {
    private final List<NativeBlock> blocks = new ArrayList<>();
    private final FreeBlocks free = new FreeBlocks(List.of(), false);

    /** Memory for an array, until {@link #give}. */
    public NativeBlock take(long bytes) {
        return free.take(bytes);
    }

    /** The array in this block is no longer needed. */
    public void give(NativeBlock block) {
        free.give(block);
    }

    /**
     * The blocks for a computation that always uses the same ones. All blocks that are free now are free for it. Others may
     * take them too, so neither may need the content after the other has run.
     */
    public FreeBlocks plan() {
        return new FreeBlocks(free.all(), true);
    }

    @Override
    public void close() {
        blocks.forEach(NativeBlock::close);
        blocks.clear();
    }

    /** Blocks of the pool, by size. */
    public final class FreeBlocks {
        private final TreeMap<Long, Deque<NativeBlock>> bySize = new TreeMap<>();

        private final boolean planned;

        /** @param planned whether blocks stay free in the pool when they are taken here */
        private FreeBlocks(Collection<NativeBlock> free, boolean planned) {
            this.planned = planned;
            free.forEach(this::give);
        }

        /** The smallest free block that is large enough, or a new one. */
        public NativeBlock take(long bytes) {
            Map.Entry<Long, Deque<NativeBlock>> fitting = bySize.ceilingEntry(bytes);
            if (fitting == null) {
                NativeBlock made = new NativeBlock(bytes);
                blocks.add(made);
                if (planned) {
                    free.give(made);
                }
                return made;
            }
            NativeBlock block = fitting.getValue().pop();
            if (fitting.getValue().isEmpty()) {
                bySize.remove(fitting.getKey());
            }
            return block;
        }

        /** The array in this block is no longer needed. */
        public void give(NativeBlock block) {
            bySize.computeIfAbsent(block.bytes(), bytes -> new ArrayDeque<>()).push(block);
        }

        private List<NativeBlock> all() {
            return bySize.values().stream().flatMap(Collection::stream).toList();
        }
    }
}
