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
 * What a round begins with and ends with: on the driver, perhaps still on its way there while the next round has begun,
 * and, where a round ended with it, on the executors. Used by one thread.
 */
public final class AveragedState {
    private static final Logger LOG = LoggerFactory.getLogger(AveragedState.class);

    private final CompletableFuture<OnDriver> onDriver;
    private final Optional<SpreadState> onExecutors;
    /** Holds what the round began with, and is let go as soon as it is not needed. */
    private Optional<Supplier<NetworkState>> again;

    /** Set when it has arrived. */
    private Optional<OnDriver> arrived = Optional.empty();

    /** Set when first asked for. */
    private Optional<NetworkState> state = Optional.empty();

    private AveragedState(
            CompletableFuture<OnDriver> onDriver,
            Optional<SpreadState> onExecutors,
            Optional<Supplier<NetworkState>> again) {
        this.onDriver = onDriver;
        this.onExecutors = onExecutors;
        this.again = again;
    }

    /** One that only the driver has. */
    public static AveragedState of(NetworkState state) {
        return new AveragedState(
                CompletableFuture.completedFuture(OnDriver.of(state)), Optional.empty(), Optional.empty());
    }

    /**
     * What a round ended with.
     *
     * @param onDriver completes when the driver has all of it, exceptionally where it never will
     * @param again makes it once more
     */
    static AveragedState of(
            CompletableFuture<OnDriver> onDriver, SpreadState onExecutors, Supplier<NetworkState> again) {
        return new AveragedState(onDriver, Optional.of(onExecutors), Optional.of(again));
    }

    /** The state itself, as soon as the driver has it; to be asked for before the round after the next has ended. */
    public NetworkState get() {
        if (state.isEmpty()) {
            state = Optional.of(arrived().network());
        }
        return state.get();
    }

    /** The running means in it, as {@link BatchNormMoments#means} gives them; to be asked for no later than {@link #get}. */
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
            return onDriver.join();
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

    /** Whether it is known that the driver will never have it. */
    boolean isLost() {
        return onDriver.handle((arrived, failure) -> SliceBlocks.LostSliceException.isCauseOf(failure))
                .getNow(false);
    }

    /** Whether {@link #get} gives it at once. */
    public boolean isThere() {
        return state.isPresent()
                || arrived.isPresent()
                || onDriver.handle((there, failure) -> failure == null).getNow(false);
    }

    /** Does something as soon as {@link #isLost} turns true. */
    @SuppressWarnings("FutureReturnValueIgnored") // Whoever wants the state sees its failure.
    void whenLost(Runnable action) {
        onDriver.whenComplete((arrived, failure) -> {
            if (SliceBlocks.LostSliceException.isCauseOf(failure)) {
                action.run();
            }
        });
    }

    /** Waits until the driver has it or never will, before which executors must not forget it. */
    public void settle() {
        onDriver.exceptionally(failure -> null).join();
    }

    /** The same where it is not to be made once more: what is lost again and again would be for ever. */
    AveragedState orFail() {
        again = Optional.empty();
        return this;
    }

    /** Where it lies on the executors; they keep it until the round after it has ended. */
    Optional<SpreadState> onExecutors() {
        return onExecutors;
    }

    /** The same without what executors have of it, of which some is lost. */
    AveragedState onlyOnDriver() {
        return of(get());
    }

    /** A state that the driver has, of which it seldom needs all. */
    interface OnDriver {
        /** All of it. */
        NetworkState network();

        /** Its running means, as {@link BatchNormMoments#means} gives them. */
        float[] means(BatchNormMoments moments);

        /** One that is there as a whole. */
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
