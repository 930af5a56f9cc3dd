package io.github.resnetspark.job.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of one epoch.
 *
 * @param rounds how many there are
 * @param last examples in the last of them, which has what is left
 */
public record EpochRounds(long rounds, long last) {
    /**
     * The rounds of all epochs of a run.
     *
     * @param every H over the run
     * @param epochs number of epochs
     * @param examples number of examples of an epoch, at least 1
     * @param picturesPerStep pictures of one step of all workers together
     */
    public static List<EpochRounds> of(AveragingSchedule every, int epochs, long examples, int picturesPerStep) {
        List<EpochRounds> all = new ArrayList<>(epochs);
        for (int epoch = 0; epoch < epochs; epoch++) {
            long rounds = 0;
            long last = 0;
            for (long done = 0; done < examples; done += last) {
                int minibatches = every.at(epoch + (double) done / examples);
                last = Math.min(examples - done, (long) minibatches * picturesPerStep);
                rounds++;
            }
            all.add(new EpochRounds(rounds, last));
        }
        return all;
    }
}
