package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.ReplicaShare;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The training pictures of a replica. While the workers are being averaged, it already loads the first minibatches that
 * the replica will probably get in the next round. A wrong guess only wastes that work.
 */
public final class TrainingFeed implements AutoCloseable {
    /** Also read by those who watch the executor. */
    private volatile MinibatchLoader loader;

    private Optional<EpochShare> expected = Optional.empty();
    private List<Future<MinibatchLoader.Minibatch>> ahead = List.of();

    public TrainingFeed(MinibatchSource source) {
        this.loader = new MinibatchLoader(source);
    }

    /** What is being loaded ahead, if anything: the first minibatches of a share. */
    public Optional<EpochShare> expected() {
        return expected;
    }

    /** The minibatches of a share, in order. Give each back to {@link #loader}. */
    public List<Future<MinibatchLoader.Minibatch>> minibatches(EpochShare share) {
        if (!expected.map(share::startsWith).orElse(false)) {
            discardAhead();
        }
        List<Future<MinibatchLoader.Minibatch>> minibatches = new ArrayList<>(ahead);
        minibatches.addAll(loader.load(share.share().after(minibatches.size()), share.epoch(), share.side()));
        expected = Optional.empty();
        ahead = List.of();
        return minibatches;
    }

    /**
     * Starts to load the share that will probably be next, after all minibatches of the last share were taken. If
     * minibatches are already being loaded ahead, because the replica had no examples since, they are kept if they are
     * the first ones of it, and discarded otherwise.
     *
     * @param next the share, or its first minibatches
     */
    public void expect(Optional<EpochShare> next) {
        boolean isAhead = expected.isPresent()
                && next.map(share -> share.startsWith(expected.get())).orElse(false);
        if (!isAhead) {
            discardAhead();
            expected = next;
            ahead = next.map(share -> loader.load(share.share(), share.epoch(), share.side()))
                    .orElse(List.of());
        }
    }

    /** The loader's queue and buffers are full of minibatches that are not needed, so it is replaced. */
    private void discardAhead() {
        if (!ahead.isEmpty()) {
            MinibatchSource source = loader.source();
            loader.close();
            loader = new MinibatchLoader(source);
            ahead = List.of();
        }
    }

    public MinibatchLoader loader() {
        return loader;
    }

    @Override
    public void close() {
        loader.close();
    }

    /**
     * The examples of a replica in one round.
     *
     * @param share its examples
     * @param epoch from 0, on which the augmentation depends
     * @param side of the pictures in pixels
     */
    public record EpochShare(ReplicaShare share, int epoch, int side) implements Serializable {

        /** Whether another share, which must have minibatches, consists of the first ones of this share. */
        public boolean startsWith(EpochShare other) {
            return epoch == other.epoch && side == other.side && share.startsWith(other.share);
        }
    }
}
