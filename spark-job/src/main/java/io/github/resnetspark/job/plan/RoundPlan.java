package io.github.resnetspark.job.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One averaging round: which examples each replica trains on before the parameters are averaged.
 *
 * @param position position in the epoch at which the round begins
 * @param next position at which the following round begins; the number of examples of the epoch if this is its last
 *     round
 * @param shares one per replica, in the order of their indices; a replica without work has a share of 0 minibatches
 */
public record RoundPlan(long position, long next, List<ReplicaShare> shares) {
    public RoundPlan {
        shares = List.copyOf(shares);
    }

    /**
     * The round at a position, with the same number of minibatches for each replica. If enough examples are left,
     * replica i gets those from {@code position + i·H·B} to {@code position + (i + 1)·H·B}.
     *
     * @param replicas number of replicas of all workers, at least 1
     * @param minibatches H per replica and round, at least 1
     * @param batchSize B examples per minibatch, at least 1
     */
    public static RoundPlan at(EpochPlan epoch, long position, int replicas, int minibatches, int batchSize) {
        atLeastOne("replicas", replicas);
        atLeastOne("minibatches per replica", minibatches);
        return at(epoch, position, RoundSplit.even(replicas, minibatches), 1, batchSize);
    }

    /**
     * The round at a position. If enough examples are left, each replica gets its minibatches of B examples. The tail of
     * the epoch is split into the smallest number of minibatches of at most B examples; their sizes differ by at most 1,
     * and they are distributed in the proportions of a full round. So a short tail goes to few replicas in large
     * minibatches, not to all replicas in tiny ones, which would distort batch normalization. No example is dropped.
     *
     * @param split minibatches of each worker
     * @param replicas number of replicas of each worker, at least 1
     * @param batchSize B examples per minibatch, at least 1
     */
    public static RoundPlan at(EpochPlan epoch, long position, RoundSplit split, int replicas, int batchSize) {
        atLeastOne("replicas", replicas);
        atLeastOne("examples per minibatch", batchSize);
        long capacity = Math.multiplyExact((long) split.total() * replicas, (long) batchSize);
        int used = Math.toIntExact(Math.min(epoch.remaining(position), capacity));
        int pieces = Math.toIntExact(((long) used + batchSize - 1) / batchSize);
        ExampleList all = epoch.slice(position, position + used);
        int[] counts = split.ofReplicas(pieces, replicas);
        List<ReplicaShare> shares = new ArrayList<>(counts.length);
        int firstPiece = 0;
        for (int replica = 0; replica < counts.length; replica++) {
            int endPiece = firstPiece + counts[replica];
            ExampleList examples =
                    all.slice(startOfPiece(all.size(), pieces, firstPiece), startOfPiece(all.size(), pieces, endPiece));
            shares.add(new ReplicaShare(replica, examples, counts[replica]));
            firstPiece = endPiece;
        }
        return new RoundPlan(position, position + used, shares);
    }

    /**
     * The shares of each worker, in worker order.
     *
     * @param replicas number of replicas of a worker
     */
    public List<List<ReplicaShare>> ofWorkers(int replicas) {
        return IntStream.range(0, shares.size() / replicas)
                .mapToObj(worker -> shares.subList(worker * replicas, (worker + 1) * replicas))
                .toList();
    }

    /** Number of examples that all replicas together train on in this round. */
    public long examples() {
        return next - position;
    }

    private static int startOfPiece(int whole, int pieces, int index) {
        return pieces == 0 ? 0 : startOfPart(whole, pieces, index);
    }

    /**
     * Start of a part if a whole is split into parts whose sizes differ by at most 1, larger ones first. For
     * {@code index == parts} it is the end of the whole.
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
