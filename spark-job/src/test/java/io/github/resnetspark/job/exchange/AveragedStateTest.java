package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AveragedStateTest {
    private static final NetworkState STATE = new NetworkState(new float[] {1}, new float[] {2});

    @Test
    void isTheStateThatArrivesOnTheDriver() {
        CompletableFuture<AveragedState.OnDriver> onDriver = new CompletableFuture<>();
        AveragedState state = AveragedState.of(Collecting.of(onDriver), nowhere(), () -> {
            throw new AssertionError("the round need not be done again");
        });

        onDriver.complete(AveragedState.OnDriver.of(STATE));

        assertThat(state.get()).isSameAs(STATE);
    }

    @Test
    void isRecomputedIfItWasLostOnTheWay() {
        AtomicInteger made = new AtomicInteger();
        AveragedState state = AveragedState.of(
                Collecting.of(CompletableFuture.failedFuture(new SliceBlocks.LostSliceException("lost"))),
                nowhere(),
                () -> {
                    made.incrementAndGet();
                    return STATE;
                });

        state.settle();
        assertThat(state.get()).isSameAs(STATE).isSameAs(state.get());
        assertThat(made).hasValue(1);
        assertThat(state.onlyOnDriver().onExecutors()).isEmpty();
    }

    @Test
    void isNotRecomputedIfTheDriverCannotReceiveIt() {
        AveragedState state = AveragedState.of(
                Collecting.of(CompletableFuture.failedFuture(new OutOfMemoryError("Java heap space"))),
                nowhere(),
                () -> STATE);

        assertThatThrownBy(state::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The driver could not receive the average of a round.")
                .hasRootCauseMessage("Java heap space");
    }

    @Test
    void isRecomputedOnlyOnce() {
        SliceBlocks.LostSliceException lost = new SliceBlocks.LostSliceException("lost");
        AveragedState state = AveragedState.of(
                        Collecting.of(CompletableFuture.failedFuture(lost)), nowhere(), () -> STATE)
                .orFail();

        assertThatThrownBy(state::get).isSameAs(lost);
    }

    @Test
    void reportsALossAtOnce() {
        CompletableFuture<AveragedState.OnDriver> onDriver = new CompletableFuture<>();
        AveragedState state = AveragedState.of(Collecting.of(onDriver), nowhere(), () -> STATE);
        AtomicInteger told = new AtomicInteger();
        state.whenLost(told::incrementAndGet);
        assertThat(state.isLost()).isFalse();

        onDriver.completeExceptionally(new SliceBlocks.LostSliceException("lost"));

        assertThat(state.isLost()).isTrue();
        assertThat(told).hasValue(1);
        state.whenLost(told::incrementAndGet);
        assertThat(told).hasValue(2);
    }

    @Test
    void isNotLostIfItArrivedOrCannotBeReceived() {
        AtomicInteger told = new AtomicInteger();
        for (CompletableFuture<AveragedState.OnDriver> onDriver : List.of(
                CompletableFuture.completedFuture(AveragedState.OnDriver.of(STATE)),
                CompletableFuture.<AveragedState.OnDriver>failedFuture(new OutOfMemoryError("Java heap space")))) {
            AveragedState state = AveragedState.of(Collecting.of(onDriver), nowhere(), () -> STATE);
            state.whenLost(told::incrementAndGet);
            assertThat(state.isLost()).isFalse();
        }
        assertThat(told).hasValue(0);
    }

    private static SpreadState nowhere() {
        return SpreadState.averaged(new SliceBlocks(0, 0), new float[0]);
    }
}
