package io.github.resnetspark.job.balance;

import io.github.resnetspark.job.plan.RoundSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the next two rounds are split between workers, and what has been measured since the last change. While a round
 * trains, executors already load the pictures of the one after it. So what is measured in a round can only change the
 * second one after it.
 *
 * <p>Only times that grow with the number of minibatches are measured. Whatever else a round takes, such as loading the
 * state, is about the same for each worker and does not affect which split is best.
 *
 * @param now seconds per example of each worker, which determine the split of the next round; empty for an even split
 * @param next the same for the round after it
 * @param measured seconds per example of each worker in the last rounds, oldest round first
 */
public record SpeedBalance(List<Double> now, List<Double> next, List<List<Double>> measured) {
    /** Even rounds, and nothing is known about the workers. */
    public static final SpeedBalance EVEN = new SpeedBalance(List.of(), List.of(), List.of());

    /** The first rounds of a worker are slow and irregular, and one slow round must not change the split. */
    private static final int FEWEST_ROUNDS = 6;

    private static final int MOST_ROUNDS = 8;
    /** Rounds that confirm a new split. They are not those that suggest it, whose noise it would follow. */
    private static final int CONFIRMING_ROUNDS = 3;
    /** A split changes only if the slowest worker would have taken at most this fraction of its time. */
    private static final double WORTHWHILE = 0.95;

    public SpeedBalance {
        now = List.copyOf(now);
        next = List.copyOf(next);
        measured = measured.stream().map(List::copyOf).toList();
    }

    /**
     * The split of the next round. It is even if that has another number of workers than the rounds before.
     *
     * @param minibatches H, the mean over the workers
     */
    public RoundSplit now(int workers, int minibatches) {
        return split(now, workers, minibatches);
    }

    /** The split of the round after the next one, in the same way. */
    public RoundSplit next(int workers, int minibatches) {
        return split(next, workers, minibatches);
    }

    /**
     * The state after the next round.
     *
     * @param workers number of workers of that round
     * @param minibatches its H
     * @param seconds measured time per example of each worker; empty if not all of them had examples
     */
    public SpeedBalance after(int workers, int minibatches, List<Double> seconds) {
        List<Double> coming = next.size() == workers ? next : List.of();
        List<List<Double>> rounds = new ArrayList<>(measured);
        rounds.removeIf(round -> round.size() != workers);
        if (seconds.size() == workers && seconds.stream().allMatch(time -> time > 0)) {
            rounds.add(seconds);
        }
        List<List<Double>> last = rounds.subList(Math.max(0, rounds.size() - MOST_ROUNDS), rounds.size());
        if (last.size() < FEWEST_ROUNDS) {
            return new SpeedBalance(coming, coming, last);
        }
        List<Double> suggested = typical(last.subList(0, last.size() - CONFIRMING_ROUNDS));
        List<List<Double>> confirming = last.subList(last.size() - CONFIRMING_ROUNDS, last.size());
        // A new split is measured anew, so changes are always some rounds apart.
        return isWorthwhile(split(coming, workers, minibatches), RoundSplit.bySpeed(minibatches, suggested), confirming)
                ? new SpeedBalance(coming, suggested, List.of())
                : new SpeedBalance(coming, coming, last);
    }

    /** Whether all these rounds would have been faster with another split. */
    private static boolean isWorthwhile(RoundSplit present, RoundSplit better, List<List<Double>> rounds) {
        return rounds.stream().allMatch(round -> better.slowest(round) <= WORTHWHILE * present.slowest(round));
    }

    /** The median of each worker. */
    private static List<Double> typical(List<List<Double>> rounds) {
        return IntStream.range(0, rounds.get(0).size())
                .mapToObj(worker ->
                        median(rounds.stream().map(round -> round.get(worker)).toList()))
                .toList();
    }

    private static RoundSplit split(List<Double> seconds, int workers, int minibatches) {
        return seconds.size() == workers
                ? RoundSplit.bySpeed(minibatches, seconds)
                : RoundSplit.even(workers, minibatches);
    }

    /** For an even number of values the smaller one in the middle. */
    private static double median(List<Double> values) {
        return values.stream()
                .sorted()
                .skip((values.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
