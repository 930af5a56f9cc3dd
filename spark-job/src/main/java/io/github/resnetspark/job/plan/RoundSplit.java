package io.github.resnetspark.job.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * How the minibatches of a round are split between workers. W workers always get W·H of them together, so a round uses
 * the same examples however they are split.
 *
 * @param minibatches those of each replica of a worker in a full round, in worker order; each at least 1
 */
public record RoundSplit(List<Integer> minibatches) {
    public RoundSplit {
        minibatches = List.copyOf(minibatches);
        if (minibatches.isEmpty() || Collections.min(minibatches) < 1) {
            throw new IllegalArgumentException("The minibatches of the workers are " + minibatches
                    + " but there must be one worker, and each must have at least 1.");
        }
    }

    /**
     * The same number for each worker.
     *
     * @param workers W, at least 1
     * @param minibatches H, at least 1
     */
    public static RoundSplit even(int workers, int minibatches) {
        return new RoundSplit(Collections.nCopies(workers, minibatches));
    }

    /**
     * The split in which the slowest worker takes least time.
     *
     * @param minibatches H, the mean over the workers, at least 1
     * @param seconds time that each worker takes for a minibatch, in any unit, in worker order; above 0
     */
    public static RoundSplit bySpeed(int minibatches, List<Double> seconds) {
        int workers = seconds.size();
        List<Integer> order = inOrder(Math.multiplyExact(workers, minibatches), seconds);
        int[] counts = new int[workers];
        order.forEach(worker -> counts[worker]++);
        return new RoundSplit(IntStream.of(counts).boxed().toList());
    }

    /** Number of workers. */
    public int workers() {
        return minibatches.size();
    }

    /** Whether each worker has the same number. */
    public boolean isEven() {
        return Collections.min(minibatches).equals(Collections.max(minibatches));
    }

    /** The sum of all workers, W·H. */
    public int total() {
        return minibatches.stream().reduce(0, Math::addExact);
    }

    /**
     * The time of the slowest worker.
     *
     * @param seconds time that each worker takes for a minibatch, in worker order
     */
    public double slowest(List<Double> seconds) {
        return IntStream.range(0, workers())
                .mapToDouble(worker -> minibatches.get(worker) * seconds.get(worker))
                .max()
                .orElseThrow();
    }

    /**
     * Distributes the minibatches of a round, which has fewer than a full one at the end of an epoch.
     *
     * @param pieces number of minibatches, at most {@link #total} × replicas
     * @param replicas replicas of each worker
     * @return the minibatches of each replica, in replica order. Those of one worker differ by at most 1
     */
    int[] ofReplicas(int pieces, int replicas) {
        int[] counts = new int[workers() * replicas];
        if (isEven()) {
            for (int replica = 0; replica < counts.length; replica++) {
                counts[replica] = RoundPlan.startOfPart(pieces, counts.length, replica + 1)
                        - RoundPlan.startOfPart(pieces, counts.length, replica);
            }
            return counts;
        }
        // One row is a minibatch for each replica of a worker. Only the last one may be incomplete.
        List<Double> seconds = minibatches.stream().map(count -> 1.0 / count).toList();
        int left = pieces;
        for (int worker : inOrder((pieces + replicas - 1) / replicas, seconds)) {
            for (int replica = 0; replica < Math.min(replicas, left); replica++) {
                counts[worker * replicas + replica]++;
            }
            left -= Math.min(replicas, left);
        }
        return counts;
    }

    /**
     * The workers to which minibatches go, one after another. The next one always goes to the worker that would complete it first,
     * among equal ones to the first. This keeps the time of the slowest worker as short as possible. But each worker
     * gets one if there are enough, however slow it is: otherwise nobody would notice that it has become faster.
     */
    private static List<Integer> inOrder(int count, List<Double> seconds) {
        record Candidate(int worker, int minibatches, double done) {}
        PriorityQueue<Candidate> candidates =
                new PriorityQueue<>(Comparator.comparingDouble(Candidate::done).thenComparingInt(Candidate::worker));
        int workers = seconds.size();
        int atOnce = count >= workers ? 1 : 0;
        for (int worker = 0; worker < workers; worker++) {
            candidates.add(new Candidate(worker, atOnce + 1, (atOnce + 1) * seconds.get(worker)));
        }
        List<Integer> order = new ArrayList<>(count);
        for (int worker = 0; worker < atOnce * workers; worker++) {
            order.add(worker);
        }
        while (order.size() < count) {
            Candidate first = candidates.remove();
            order.add(first.worker());
            int next = first.minibatches() + 1;
            candidates.add(new Candidate(first.worker(), next, next * seconds.get(first.worker())));
        }
        return order;
    }
}
