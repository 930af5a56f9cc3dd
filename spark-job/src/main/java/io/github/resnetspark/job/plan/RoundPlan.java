package io.github.resnetspark.job.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One averaging round: which examples each worker trains on before the parameters are averaged.
 *
 * @param position where in the epoch the round begins
 * @param next where the following round begins; equal to the epoch's examples when this round is the last
 * @param shares one per worker, in worker order; those that have nothing to do are there with 0 minibatches
 */
public record RoundPlan(long position, long next, List<WorkerShare> shares) {
    public RoundPlan {
        shares = List.copyOf(shares);
    }

    /**
     * The round at a position. While the epoch holds enough, worker w gets the examples from {@code position + w·H·B} to
     * {@code position + (w + 1)·H·B}. The tail of the epoch is cut into as few minibatches of at most B examples as it
     * takes, equal to within one example, and they are dealt evenly: a short tail reaches few workers in whole minibatches
     * and not all workers in tiny ones, which would spoil batch normalization. No example is dropped.
     *
     * @param workers W, at least 1
     * @param minibatches H per worker and round, at least 1
     * @param batchSize B examples per minibatch, at least 1
     */
    public static RoundPlan at(EpochPlan epoch, long position, int workers, int minibatches, int batchSize) {
        long capacity = capacity(workers, minibatches, batchSize);
        int used = Math.toIntExact(Math.min(epoch.remaining(position), capacity));
        int pieces = Math.toIntExact(((long) used + batchSize - 1) / batchSize);
        ExampleList all = epoch.slice(position, position + used);
        List<WorkerShare> shares = new ArrayList<>(workers);
        for (int worker = 0; worker < workers; worker++) {
            int firstPiece = startOfPart(pieces, workers, worker);
            int endPiece = startOfPart(pieces, workers, worker + 1);
            ExampleList examples =
                    all.slice(startOfPiece(all.size(), pieces, firstPiece), startOfPiece(all.size(), pieces, endPiece));
            shares.add(new WorkerShare(worker, examples, endPiece - firstPiece));
        }
        return new RoundPlan(position, position + used, shares);
    }

    /** Examples that all workers together train on in this round. */
    public long examples() {
        return next - position;
    }

    private static long capacity(int workers, int minibatches, int batchSize) {
        atLeastOne("workers", workers);
        atLeastOne("minibatches per worker", minibatches);
        atLeastOne("examples per minibatch", batchSize);
        return Math.multiplyExact((long) workers * minibatches, (long) batchSize);
    }

    private static int startOfPiece(int whole, int pieces, int index) {
        return pieces == 0 ? 0 : startOfPart(whole, pieces, index);
    }

    /**
     * Where a part begins when a whole is cut into parts whose sizes differ by at most 1, larger ones first; for
     * {@code index == parts} the end of the whole.
     */
    static int startOfPart(int whole, int parts, int index) {
        return index * (whole / parts) + Math.min(index, whole % parts);
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The number of " + what + " is " + value + " but must be at least 1.");
        }
    }
}
