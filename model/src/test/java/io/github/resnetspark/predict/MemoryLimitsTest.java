package io.github.resnetspark.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.model.KernelNotices;
import io.github.resnetspark.network.ResNetSpec;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
    private static final long MEBI = 1 << 20;
    private static final long NEED = 300 * MEBI;

    @Test
    void theDefaultsOfASmallHeapAreTooLittle() {
        long heap = 256 * MEBI;

        assertThat(new MemoryLimits(0, 2 * heap, heap).warning(NEED)).contains(KernelNotices.limitedMemory(heap, NEED));
    }

    @Test
    void theDefaultsOfALargeHeapAreEnough() {
        long heap = 1024 * MEBI;

        assertThat(new MemoryLimits(0, 2 * heap, heap).warning(NEED)).isEmpty();
    }

    @Test
    void theProcessMustHoldTheHeapToo() {
        assertThat(new MemoryLimits(0, 1024 * MEBI, 1000 * MEBI).warning(NEED)).isPresent();
        assertThat(new MemoryLimits(0, 1300 * MEBI, 1000 * MEBI).warning(NEED)).isEmpty();
    }

    @Test
    void theArraysOfANetworkMustFitInTheLimitThatSomebodySet() {
        assertThat(new MemoryLimits(100 * MEBI, 0, 1024 * MEBI).warning(NEED)).isPresent();
        assertThat(new MemoryLimits(400 * MEBI, 0, 1024 * MEBI).warning(NEED)).isEmpty();
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(new MemoryLimits(0, 0, 1024 * MEBI).warning(Long.MAX_VALUE / 2))
                .isEmpty();
    }

    @Test
    void thirtyTwoPicturesInResNet50NeedThreeOfItsLargestActivationsAndItsParametersThreeTimes() {
        long activation = 64 * 112 * 112 * 4;
        long parameters = 25_557_032 * 4L;

        assertThat(MemoryLimits.need(ResNetSpec.imageNet(50, 1000), 32))
                .isEqualTo(32 * 3 * activation + 3 * parameters);
    }
}
