package io.github.resnetspark.job.schedule;

import java.io.Serializable;

/**
 * The learning rate at any time of a run. A schedule begins with an optional {@link Warmup}. {@link Schedule} lists all
 * of them.
 */
public interface LearningRateSchedule extends Serializable {
    /**
     * The rate at a time.
     *
     * @param epoch epochs completed, with a fraction within an epoch; 0 at the first iteration. After the end of the
     *     run the rate stays at its last value
     */
    double at(double epoch);

    /**
     * The same without the increase at the beginning of the run: until its end, the rate that it leads to.
     *
     * @param epoch as of {@link #at}
     */
    double withoutIncrease(double epoch);

    /**
     * A linear increase from a small rate at the start of training. Goyal et al., "Accurate, Large Minibatch SGD",
     * 2017, start at the rate of one small batch.
     *
     * @param epochs its length, at least 0; 0 means no warm-up
     * @param startRate the rate at time 0, not negative
     */
    record Warmup(double epochs, double startRate) implements Serializable {
        public Warmup {
            if (!(epochs >= 0) || Double.isInfinite(epochs)) {
                throw new IllegalArgumentException("The warm-up is " + epochs + " epochs but must be at least 0.");
            }
            if (!(startRate >= 0) || Double.isInfinite(startRate)) {
                throw new IllegalArgumentException(
                        "The warm-up starts at a learning rate of " + startRate + " but must start at 0 or more.");
            }
        }

        public static Warmup none() {
            return new Warmup(0, 0);
        }

        boolean covers(double epoch) {
            return epoch < epochs;
        }

        /** The rate during the warm-up to {@code target}. */
        double toward(double target, double epoch) {
            return startRate + (target - startRate) * Math.max(0, epoch) / epochs;
        }

        /** Progress from the end of the warm-up to {@code end}, 0 to 1. It is 1 if there is nothing between the two. */
        double progress(double epoch, double end) {
            return epoch >= end ? 1 : Math.max(0, (epoch - epochs) / (end - epochs));
        }
    }
}
