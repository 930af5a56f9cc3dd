package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.memory.NativeBlock;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class BlockPoolTest {
    @Test
    void reusesTheSmallestBlockThatIsLargeEnough() {
        try (BlockPool pool = new BlockPool()) {
            NativeBlock small = pool.take(100);
            NativeBlock large = pool.take(1_000);
            NativeBlock medium = pool.take(500);
            pool.give(large);
            pool.give(medium);
            pool.give(small);

            assertThat(pool.take(200)).isSameAs(medium);
            assertThat(pool.take(200)).isSameAs(large);
            assertThat(pool.take(200)).isNotIn(small, medium, large);
        }
    }

    @Test
    void aPlanUsesTheFreeBlocksWithoutTakingThem() {
        try (BlockPool pool = new BlockPool()) {
            NativeBlock free = pool.take(100);
            NativeBlock taken = pool.take(100);
            pool.give(free);

            BlockPool.FreeBlocks plan = pool.plan();

            assertThat(plan.take(100)).isSameAs(free);
            NativeBlock made = plan.take(100);
            assertThat(made).isNotIn(free, taken);
            assertThat(List.of(pool.take(100), pool.take(100))).containsExactlyInAnyOrder(free, made);
        }
    }

    @Test
    void beginsAtACacheLineAndCanBeCleared() {
        try (NativeBlock block = new NativeBlock(3_000)) {
            assertThat(block.start().address() % 64).isZero();
            FloatPointer values = new FloatPointer(block.start()).capacity(750);
            values.put(0, 1).put(749, 1);

            block.clear();

            assertThat(values.get(0)).isZero();
            assertThat(values.get(749)).isZero();
        }
    }
}
