package io.github.resnetspark.job.train;

/**
 * Where the time of a round went, in seconds, and what passed through the driver.
 *
 * @param broadcast cutting the state and spreading it over the executors
 * @param serialize longest that a worker took to lay its slices ready for the reducers
 * @param shuffle longest that a reducer took to read the parts of its slice
 * @param reduce longest that a reducer took to average them
 * @param tasks from the slowest worker's start to the slowest reducer's end, without what Spark does in between
 * @param driverBytes of states that left the driver and that come to it
 */
public record RoundTimes(
        double broadcast, double serialize, double shuffle, double reduce, double tasks, long driverBytes) {

    /**
     * Of one round.
     *
     * @param job seconds of fitting and averaging as the driver sees it
     * @param collected bytes of the averaged state, which the driver gets while the next round is under way
     */
    static RoundTimes of(double broadcast, double job, RoundCosts costs, long collected) {
        return new RoundTimes(
                broadcast,
                costs.serialize(),
                costs.shuffle(),
                costs.reduce(),
                Math.min(job, costs.worker() + costs.reducer()),
                costs.stateBytes() + collected);
    }
}
