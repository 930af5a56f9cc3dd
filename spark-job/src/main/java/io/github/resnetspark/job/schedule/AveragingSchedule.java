package io.github.resnetspark.job.schedule;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * H, the number of minibatches that a worker trains on between two averagings, at any time of a run. It is small at
 * first, when parameters change fast and the workers would drift apart, and larger later, as in the post-local SGD of
 * Lin et al., "Don't Use Large Mini-Batches, Use Local SGD", 2020.
 *
 * @param every H before the first milestone, after the first, after the second and so on; one value more than
 *     milestones
 * @param milestones increasing fractions of the whole run, 0 to 1
 * @param epochs length of the whole run
 * @param warmupEvery H during the warm-up
 * @param warmupEpochs length of the learning-rate warm-up in epochs
 */
public record AveragingSchedule(
        List<Integer> every, List<Double> milestones, double epochs, int warmupEvery, double warmupEpochs)
        implements Serializable {
    public AveragingSchedule {
        every = List.copyOf(every);
        milestones = List.copyOf(milestones);
        if (every.size() != milestones.size() + 1) {
            throw new IllegalArgumentException(milestones.size() + " milestones need " + (milestones.size() + 1)
                    + " values, not " + every.size() + ".");
        }
    }

    /** The same number during the whole run. */
    public static AveragingSchedule always(int every) {
        return new AveragingSchedule(List.of(every), List.of(), 1, every, 0);
    }

    /** The values in their order, such as {@code 10} or {@code 1, then 10}. */
    public String inWords() {
        return every.stream().map(String::valueOf).collect(Collectors.joining(", then "));
    }

    /**
     * H of a round.
     *
     * @param epoch epochs completed when the round begins, with a fraction within an epoch
     */
    public int at(double epoch) {
        if (epoch < warmupEpochs) {
            return warmupEvery;
        }
        int passed = 0;
        while (passed < milestones.size() && epoch >= milestones.get(passed) * epochs) {
            passed++;
        }
        return every.get(passed);
    }
}
