package io.github.resnetspark.job.worker;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of a replica, set from outside before each minibatch: the driver's schedule knows the position in
 * the run, the network does not.
 */
final class LearningRate implements ISchedule {
    private static final long serialVersionUID = 1;

    private double rate;

    void set(double rate) {
        this.rate = rate;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return rate;
    }

    /** The same object: DL4J copies its configuration, and every copy must follow. */
    @Override
    @SuppressWarnings("MissingSuperCall") // A copy is what must not be made.
    public LearningRate clone() {
        return this;
    }
}
