package io.github.resnetspark.job.exchange;

import java.util.concurrent.CompletableFuture;

/**
 * A state on its way to the driver.
 *
 * @param state completes when the driver has all of it, and exceptionally if the driver cannot get it
 * @param atOnce ends the pause before the transfer, if it has one
 */
record Collecting(CompletableFuture<AveragedState.OnDriver> state, Runnable atOnce) {

    /** Without a pause. */
    static Collecting of(CompletableFuture<AveragedState.OnDriver> state) {
        return new Collecting(state, () -> {});
    }

    /**
     * The state, which the caller waits for.
     *
     * @throws java.util.concurrent.CompletionException if the driver cannot get it
     */
    AveragedState.OnDriver await() {
        atOnce.run();
        return state.join();
    }

    /** Waits until the driver has it or has failed to get it. */
    void settle() {
        atOnce.run();
        state.exceptionally(failure -> null).join();
    }
}
