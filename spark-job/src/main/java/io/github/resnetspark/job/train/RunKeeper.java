package io.github.resnetspark.job.train;

/** Is shown every state that a run could be continued from, and may end the run there by throwing. */
interface RunKeeper {
    /** Keeps nothing. */
    RunKeeper NONE = new RunKeeper() {
        @Override
        public void afterRound(RunState state) {}

        @Override
        public void afterEpoch(RunState state, boolean validated) {}
    };

    /** After a round, also the last of an epoch. */
    void afterRound(RunState state);

    /** After an epoch with the validation that was due, if one was. */
    void afterEpoch(RunState state, boolean validated);
}
