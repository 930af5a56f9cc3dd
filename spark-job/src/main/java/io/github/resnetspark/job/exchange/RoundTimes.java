package io.github.resnetspark.job.exchange;

/**
 * Where the time of a round went, in seconds, and what passed through the driver.
 *
 * @param broadcast cutting the state and spreading it over the executors
 * @param serialize longest that a worker took to lay its slices ready for the reducers
 * @param shuffle what a reducer took to read the parts of its slices
 * @param reduce what it took to average them
 * @param tasks of the slowest worker and of the reducers after it, without what Spark does in between
 * @param driverBytes of states that left the driver and that come to it
 */
public record RoundTimes(
        double broadcast, double serialize, double shuffle, double reduce, double tasks, long driverBytes) {

    /**
     * Of one round.
     *
     * @param slots that the reducers have
     * @param job seconds of fitting and averaging as the driver sees it
     * @param collected bytes of the averaged state, which the driver gets while the next round is under way
     */
    static RoundTimes of(double broadcast, double job, RoundCosts costs, int slots, long collected) {
        double shuffle = costs.shuffle() / slots;
        double reduce = costs.reduce() / slots;
        return new RoundTimes(
                broadcast,
                costs.serialize(),
                shuffle,
                reduce,
                Math.min(job, costs.worker() + shuffle + reduce),
                costs.stateBytes() + collected);
    }
}
