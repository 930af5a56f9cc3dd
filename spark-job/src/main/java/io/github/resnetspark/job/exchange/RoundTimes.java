package io.github.resnetspark.job.exchange;

/**
 * Durations of the steps of a round, in seconds, and the amount of data that passed through the driver.
 *
 * @param broadcast splitting the state and spreading it over the executors
 * @param serialize maximum time in which a worker made its slices ready for the reducers
 * @param shuffle time in which a reducer read its slices
 * @param reduce time in which it averaged them, most of it while it read others
 * @param tasks time of the slowest worker and of the slowest reducer after it, without Spark's own work in between
 * @param driverBytes bytes of states that the driver sends and receives
 */
public record RoundTimes(
        double broadcast, double serialize, double shuffle, double reduce, double tasks, long driverBytes) {

    /**
     * The times of one round.
     *
     * @param job seconds of training and averaging, measured on the driver
     * @param reducer seconds of the slowest reducer
     * @param slots number of task slots for the reducers
     * @param collected bytes of the averaged state, which the driver receives during the next round
     */
    static RoundTimes of(double broadcast, double job, double reducer, RoundCosts costs, int slots, long collected) {
        return new RoundTimes(
                broadcast,
                costs.serialize(),
                costs.shuffle() / slots,
                costs.reduce() / slots,
                Math.min(job, costs.worker() + reducer),
                costs.stateBytes() + collected);
    }
}
