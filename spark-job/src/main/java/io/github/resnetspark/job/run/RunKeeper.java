package io.github.resnetspark.job.run;

/** Receives every state from which a run can be resumed, and may stop the run there by throwing. */
interface RunKeeper {
    /** Called after every round. */
    default void afterRound(RunState state) {}

    /** Called after an epoch, including its validation if one was due. */
    default void afterEpoch(RunState state, boolean validated) {}

    /** Called before the next round, repeatedly while there are too few task slots for it. */
    default void whileWaiting(RunState state) {}

    /** Whether the run should stop as soon as possible. Thread-safe. */
    default boolean shouldStop() {
        return false;
    }

    /** Stops a run that {@link #shouldStop} by throwing, with this as its last state. */
    default void end(RunState state) {
        throw new IllegalStateException("Nobody asked this run to stop.");
    }
}
