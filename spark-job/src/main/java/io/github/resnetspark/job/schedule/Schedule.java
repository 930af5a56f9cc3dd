package io.github.resnetspark.job.schedule;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * All learning-rate schedules, named as in recipes. To add one, write a class and add a constant here; recipes then
 * accept its name, and messages list it.
 */
public enum Schedule {
    /** Multiplied by the factor at every milestone (He et al. 2015). */
    STEP(StepSchedule::new),
    /** Half a cosine from the peak to 0 (Loshchilov and Hutter 2017). */
    COSINE(CosineSchedule::new),
    /** A straight line from the peak to 0 (Li et al. 2020). */
    LINEAR(LinearSchedule::new),
    /** Linearly up to the peak and then down to nearly 0 (Smith and Topin 2018). */
    ONE_CYCLE(OneCycleSchedule::new);

    @SuppressWarnings("ImmutableEnumChecker") // A constructor reference, which has no state.
    private final Function<Settings, LearningRateSchedule> constructor;

    Schedule(Function<Settings, LearningRateSchedule> constructor) {
        this.constructor = constructor;
    }

    /** The schedule of one run. */
    public LearningRateSchedule of(Settings settings) {
        return constructor.apply(settings);
    }

    /**
     * The settings of all schedules. Each schedule uses those that it needs.
     *
     * @param peak the highest learning rate
     * @param epochs length of the whole run
     * @param warmup the increase at the beginning
     * @param milestones when the rate is multiplied by {@code factor}, as increasing fractions of the whole run, 0 to 1
     * @param factor factor of each step
     */
    public record Settings(double peak, double epochs, Warmup warmup, List<Double> milestones, double factor)
            implements Serializable {
        public Settings {
            requirePositive("learning rate", peak);
            requirePositive("length of the run in epochs", epochs);
            requirePositive("factor of a step", factor);
            milestones = List.copyOf(milestones);
            for (double milestone : milestones) {
                if (!(milestone >= 0 && milestone <= 1)) {
                    throw new IllegalArgumentException(
                            "A milestone is " + milestone + " but must be a fraction of the run, 0 to 1.");
                }
            }
        }

        private static void requirePositive(String what, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("The " + what + " is " + value + " but must be above 0.");
            }
        }
    }
}
