package io.github.resnetspark.job.schedule;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * The list of all learning rate schedules, by the words that recipes have for them. A new one is a class of its own and a
 * line here: recipes know its word, and messages name it, from then on.
 */
public enum Schedule {
    /** Multiplied by the factor at every milestone (He et al. 2015). */
    STEP(StepSchedule::new),
    /** Half a cosine from the peak to 0 (Loshchilov and Hutter 2017). */
    COSINE(CosineSchedule::new),
    /** Up to the peak and down to nearly 0 in one linear triangle (Smith and Topin 2018). */
    ONE_CYCLE(OneCycleSchedule::new);

    @SuppressWarnings("ImmutableEnumChecker") // A reference to a constructor, which holds nothing.
    private final Function<Settings, LearningRateSchedule> constructor;

    Schedule(Function<Settings, LearningRateSchedule> constructor) {
        this.constructor = constructor;
    }

    /** The schedule of one run. */
    public LearningRateSchedule of(Settings settings) {
        return constructor.apply(settings);
    }

    /**
     * What a schedule is made from; each takes what it needs.
     *
     * @param peak the highest learning rate
     * @param epochs of the whole run
     * @param warmup the rise at its beginning
     * @param milestones where the rate steps, as rising fractions of the whole run, 0 to 1
     * @param factor what each step multiplies the rate by
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
