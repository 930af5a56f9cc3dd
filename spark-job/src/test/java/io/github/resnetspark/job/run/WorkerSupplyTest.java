package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.job.TrainingFailures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class WorkerSupplyTest {
    @Test
    void usesTheAvailableSlotsWithinBounds() {
        WorkerSupply supply = supply(2, 4, Duration.ofMinutes(1), slots(4, 3, 7, 2));

        assertThat(List.of(
                        supply.workers(WorkerSupplyTest::nothing),
                        supply.workers(WorkerSupplyTest::nothing),
                        supply.workers(WorkerSupplyTest::nothing),
                        supply.workers(WorkerSupplyTest::nothing)))
                .containsExactly(4, 3, 4, 2);
    }

    @Test
    void doesNotCountSlotsIfTheNumberIsFixed() {
        IntSupplier nobody = () -> {
            throw new AssertionError("asked for slots");
        };

        assertThat(supply(3, 3, Duration.ofMinutes(1), nobody).workers(WorkerSupplyTest::nothing))
                .isEqualTo(3);
    }

    @Test
    void waitsUntilThereAreEnoughSlots() {
        assertThat(supply(2, 4, Duration.ofHours(1), slots(0, 1, 3)).workers(WorkerSupplyTest::nothing))
                .isEqualTo(3);
    }

    @Test
    void failsAfterTheTimeout() {
        assertThatThrownBy(() -> supply(2, 4, Duration.ofMinutes(3), slots(1, 1, 1, 1, 1, 1, 1))
                        .workers(WorkerSupplyTest::nothing))
                .isInstanceOf(FailureException.class)
                .hasMessage(TrainingFailures.tooFewSlots(2, 1, Duration.ofMinutes(3)));
    }

    @Test
    void letsTheRunBeSavedBeforeItFails() {
        AtomicInteger kept = new AtomicInteger();

        assertThatThrownBy(() -> supply(2, 4, Duration.ofNanos(1), slots(1, 1)).workers(kept::incrementAndGet))
                .isInstanceOf(FailureException.class);

        assertThat(kept).hasPositiveValue();
    }

    @Test
    void theCallerCanEndTheWait() {
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> supply(2, 4, Duration.ofHours(1), () -> 1).workers(() -> {
                    if (looks.incrementAndGet() == 3) {
                        throw new IllegalStateException("enough");
                    }
                }))
                .hasMessage("enough");
    }

    private static void nothing() {}

    /** The clock advances by a minute each time it is read. */
    private static WorkerSupply supply(int min, int max, Duration wait, IntSupplier slots) {
        AtomicLong minutes = new AtomicLong();
        return new WorkerSupply(min, max, wait, slots, () -> Duration.ofMinutes(minutes.getAndIncrement())
                .toNanos());
    }

    private static IntSupplier slots(Integer... then) {
        Deque<Integer> left = new ArrayDeque<>(List.of(then));
        return left::pop;
    }
}
