package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.message.job.ExchangeNotices;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state at the start or the end of a round. The driver has a copy, or is still receiving it during the next round.
 * If the state is the average of a round, the executors have it too. Used by one thread.
 */
public final class AveragedState {
    private static final Logger LOG = LoggerFactory.getLogger(AveragedState.class);

    private final Collecting onDriver;
    private final Optional<SpreadState> onExecutors;
    /** Repeats the round. It refers to the state at its start, so it is dropped as soon as it is not needed. */
    private Optional<Supplier<NetworkState>> again;

    /** Set when the driver has it. */
    private Optional<OnDriver> arrived = Optional.empty();

    /** Set on first use. */
    private Optional<NetworkState> state = Optional.empty();

    private AveragedState(
            Collecting onDriver, Optional<SpreadState> onExecutors, Optional<Supplier<NetworkState>> again) {
        this.onDriver = onDriver;
        this.onExecutors = onExecutors;
        this.again = again;
    }

    /** A state that only the driver has. */
    public static AveragedState of(NetworkState state) {
        return new AveragedState(
                Collecting.of(CompletableFuture.completedFuture(OnDriver.of(state))),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The average of a round.
     *
     * @param onDriver its way to the driver
     * @param again repeats the round that made it
     */
    static AveragedState of(Collecting onDriver, SpreadState onExecutors, Supplier<NetworkState> again) {
        return new AveragedState(onDriver, Optional.of(onExecutors), Optional.of(again));
    }

    /** The state. Waits until the driver has it. Call this before the end of the round after the next one. */
    public NetworkState get() {
        if (state.isEmpty()) {
            state = Optional.of(arrived().network());
        }
        return state.get();
    }

    /** Its running means, as from {@link BatchNormMoments#means}. May be called as long as {@link #get} may. */
    float[] means(BatchNormMoments moments) {
        return arrived().means(moments);
    }

    private OnDriver arrived() {
        if (arrived.isEmpty()) {
            arrived = Optional.of(await());
            again = Optional.empty();
        }
        return arrived.get();
    }

    private OnDriver await() {
        try {
            return onDriver.await();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SliceBlocks.LostSliceException && again.isPresent()) {
                LOG.warn(ExchangeNotices.averageLost());
                return OnDriver.of(again.get().get());
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("The driver could not receive the average of a round.", e.getCause());
        }
    }

    /** Whether the driver is known to be unable to get it. */
    boolean isLost() {
        return onDriver.state()
                .handle((arrived, failure) -> SliceBlocks.LostSliceException.isCauseOf(failure))
                .getNow(false);
    }

    /** Whether {@link #get} returns without waiting. */
    public boolean isThere() {
        return state.isPresent()
                || arrived.isPresent()
                || onDriver.state().handle((there, failure) -> failure == null).getNow(false);
    }

    /** Runs an action as soon as {@link #isLost} becomes true. */
    @SuppressWarnings("FutureReturnValueIgnored") // Callers of get() receive the failure.
    void whenLost(Runnable action) {
        onDriver.state().whenComplete((arrived, failure) -> {
            if (SliceBlocks.LostSliceException.isCauseOf(failure)) {
                action.run();
            }
        });
    }

    /** Waits until the driver has it or has failed to get it. Until then the executors must keep it. */
    public void settle() {
        onDriver.settle();
    }

    /** Turns off repeating: a state that is lost again would otherwise be repeated for ever. */
    AveragedState orFail() {
        again = Optional.empty();
        return this;
    }

    /** The copy on the executors, which they keep until the next round has ended. */
    Optional<SpreadState> onExecutors() {
        return onExecutors;
    }

    /** The same state without the copy on the executors, of which a part is lost. */
    AveragedState onlyOnDriver() {
        return of(get());
    }

    /** A state that the driver has. It often needs only the running means. */
    interface OnDriver {
        /** The whole state. */
        NetworkState network();

        /** Its running means, as from {@link BatchNormMoments#means}. */
        float[] means(BatchNormMoments moments);

        /** A state that is already in one piece. */
        static OnDriver of(NetworkState state) {
            return new OnDriver() {
                @Override
                public NetworkState network() {
                    return state;
                }

                @Override
                public float[] means(BatchNormMoments moments) {
                    return moments.means(FloatBuffer.wrap(state.parameters())::get);
                }
            };
        }
    }
}
