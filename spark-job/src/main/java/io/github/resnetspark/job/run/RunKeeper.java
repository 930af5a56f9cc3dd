package io.github.resnetspark.job.run;

/** Is shown every state that a run could be continued from, and may end the run there by throwing. */
interface RunKeeper {
    /** After a round, also the last of an epoch. */
    default void afterRound(RunState state) {}

    /** After an epoch with the validation that was due, if one was. */
    default void afterEpoch(RunState state, boolean validated) {}

    /** Before the next round, again and again while there are too few slots for it. */
    default void whileWaiting(RunState state) {}

    /** Whether the run is to end as soon as it can; any thread may ask. */
    default boolean isToEnd() {
        return false;
    }

    /** Ends a run that {@link #isToEnd} in a state, by throwing. */
    default void end(RunState state) {
        throw new IllegalStateException("Nobody asked this run to stop.");
    }
}
