package io.github.resnetspark.job.schedule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * H, the number of minibatches that a replica trains on between two averagings, at any time of a run. It is small at
 * first, when parameters change fast and the workers would drift apart, and larger later: at milestones, as in the
 * post-local SGD of Lin et al., "Don't Use Large Mini-Batches, Use Local SGD", 2020, or with the falling learning rate,
 * see {@link QuadraticRule}.
 *
 * @param every H before the first milestone, after the first, after the second and so on; one value more than
 *     milestones. With a quadratic rule, the smallest H at that time
 * @param milestones increasing fractions of the whole run, 0 to 1
 * @param epochs length of the whole run
 * @param warmupEvery H during the warm-up; without it, the first value applies, and the quadratic rule
 * @param warmupEpochs length of the learning-rate warm-up in epochs
 * @param quadratic raises H as the learning rate falls; optional
 * @param longest largest H, at least 1: no round is longer than an epoch. Larger values above are lowered to it
 */
public record AveragingSchedule(
        List<Integer> every,
        List<Double> milestones,
        double epochs,
        Optional<Integer> warmupEvery,
        double warmupEpochs,
        Optional<QuadraticRule> quadratic,
        int longest) {
    public AveragingSchedule {
        every = every.stream().map(value -> Math.min(value, longest)).toList();
        milestones = List.copyOf(milestones);
        warmupEvery = warmupEvery.map(value -> Math.min(value, longest));
        new Milestones(milestones, epochs).requireValues(every.size());
    }

    /** The same number during the whole run. */
    public static AveragingSchedule always(int every) {
        return new AveragingSchedule(
                List.of(every), List.of(), 1, Optional.empty(), 0, Optional.empty(), Integer.MAX_VALUE);
    }

    /**
     * How often the workers are averaged after the warm-up, such as {@code every 10 minibatches} or {@code every
     * minibatch, then every 10 minibatches}.
     */
    public String inWords() {
        String values = every.stream()
                .map(value -> value == 1 ? "every minibatch" : "every " + value)
                .collect(Collectors.joining(", then "));
        String all = every.get(every.size() - 1) == 1 ? values : values + " minibatches";
        return quadratic
                .map(rule -> all + ", or every (" + plain(rule.alpha()) + " / learning rate)² if that is more")
                .orElse(all);
    }

    /**
     * H of a round.
     *
     * @param epoch epochs completed when the round begins, with a fraction within an epoch
     */
    public int at(double epoch) {
        boolean warmup = epoch < warmupEpochs;
        if (warmup && warmupEvery.isPresent()) {
            return warmupEvery.get();
        }
        int value = warmup ? every.get(0) : every.get(new Milestones(milestones, epochs).passed(epoch));
        return quadratic
                .map(rule -> (int) Math.min(longest, Math.max(value, rule.at(epoch))))
                .orElse(value);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
