package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.exchange.ReadySlots.Executor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadySlotsTest {
    private static final int ALL = Integer.MAX_VALUE;
    private static final Executor A = executor("a", 1);
    private static final Executor B = executor("b", 1);
    private static final Executor C = executor("c", 1);
    private static final Executor D = executor("d", 1);

    @Test
    void warmsEverySlotThatHadNoWorker() {
        ReadySlots slots = afterARound(ALL, "a", "b");

        assertThat(slots.missing(List.of(A, B, C, D))).containsExactlyInAnyOrder(C, D);
        assertThat(slots.spares(List.of(A, B, C, D))).isZero();
    }

    @Test
    void warmsNothingBeforeItKnowsWhereTheWorkersRun() {
        assertThat(new ReadySlots(ALL, 2).missing(List.of(A, B, C, D))).isEmpty();
    }

    @Test
    void warmsNoSlotTwice() {
        ReadySlots slots = afterARound(ALL, "a", "b");
        slots.warmed("c");

        assertThat(slots.missing(List.of(A, B, C, D))).containsExactly(D);
        assertThat(slots.spares(List.of(A, B, C, D))).isOne();
        assertThat(slots.spareHosts(List.of(A, B, C, D))).containsExactly("host-c");
    }

    @Test
    void warmsAsManyAsAreWanted() {
        ReadySlots slots = afterARound(1, "a", "b");

        assertThat(slots.missing(List.of(A, B, C, D))).hasSize(1);
        slots.warmed("c");
        assertThat(slots.missing(List.of(A, B, C, D))).isEmpty();
        assertThat(afterARound(0, "a", "b").missing(List.of(A, B, C, D))).isEmpty();
    }

    @Test
    void leavesSlotsToWorkersThatMayBeAdded() {
        ReadySlots slots = new ReadySlots(1, 3);
        slots.worked(List.of("a", "b"));

        assertThat(slots.missing(List.of(A, B))).isEmpty();
        // The third slot is for a worker, the fourth is a spare. Both are cold.
        assertThat(slots.missing(List.of(A, B, C, D))).containsExactly(C, D);
    }

    @Test
    void warmsTheExecutorThatReplacesALostOne() {
        ReadySlots slots = afterARound(1, "a", "b");
        slots.warmed("c");

        // The spare takes over the worker of a lost executor.
        assertThat(slots.missing(List.of(B, C))).isEmpty();
        slots.worked(List.of("c", "b"));

        assertThat(slots.missing(List.of(B, C, D))).containsExactly(D);
        assertThat(slots.spareHosts(List.of(B, C, D))).isEmpty();
    }

    @Test
    void anExecutorThatHadAWorkerStaysReady() {
        ReadySlots slots = afterARound(ALL, "a", "b");
        slots.warmed("c");
        slots.worked(List.of("c", "b"));

        assertThat(slots.missing(List.of(A, B, C))).isEmpty();
        assertThat(slots.spareHosts(List.of(A, B, C))).containsExactly("host-a");
    }

    @Test
    void doesNotAskAnExecutorAgainThatFailed() {
        ReadySlots slots = afterARound(ALL, "a", "b");
        slots.failed("c");

        assertThat(slots.missing(List.of(A, B, C, D))).containsExactly(D);
    }

    @Test
    void warmsSeveralSlotsOfAnExecutorButNeverMoreThanThereAreWorkers() {
        Executor large = executor("large", 8);
        Executor small = executor("small", 2);
        ReadySlots slots = afterARound(ALL, "small", "small");

        assertThat(slots.missing(List.of(small, large))).containsExactly(large, large);
    }

    @Test
    void hasNoSparesOnTheOnlyExecutor() {
        Executor only = executor("only", 8);
        ReadySlots slots = afterARound(ALL, "only", "only");

        assertThat(slots.missing(List.of(only))).isEmpty();
    }

    private static ReadySlots afterARound(int wanted, String... executors) {
        ReadySlots slots = new ReadySlots(wanted, executors.length);
        slots.worked(List.of(executors));
        return slots;
    }

    private static Executor executor(String id, int slots) {
        return new Executor(new Placement.Place("host-" + id, id), slots);
    }
}
