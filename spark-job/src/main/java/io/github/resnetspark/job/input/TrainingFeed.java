package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.ReplicaShare;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The training pictures of a replica. While the workers are being averaged, it already loads the first minibatches that
 * the replica will probably get in the next round. A wrong guess only wastes that work.
 */
public final class TrainingFeed implements AutoCloseable {
    private MinibatchLoader loader;
    private Optional<EpochShare> expected = Optional.empty();
    private List<Future<MinibatchLoader.Minibatch>> ahead = List.of();

    public TrainingFeed(MinibatchSource source) {
        this.loader = new MinibatchLoader(source);
    }

    /** The share that is being loaded ahead, if any. */
    public Optional<EpochShare> expected() {
        return expected;
    }

    /** The minibatches of a share, in order. Give each back to {@link #loader}. */
    public List<Future<MinibatchLoader.Minibatch>> minibatches(EpochShare share) {
        boolean guessed = expected.map(share::isSameAs).orElse(false);
        List<Future<MinibatchLoader.Minibatch>> minibatches = ahead;
        if (!guessed) {
            discardAhead();
            minibatches = loader.load(share.share(), share.epoch());
        }
        expected = Optional.empty();
        ahead = List.of();
        return minibatches;
    }

    /**
     * Starts to load the share that will probably be next, after all minibatches of the last share were taken. If a
     * share is already being loaded ahead, because the replica had no examples since, it is kept if it is this one, and
     * discarded otherwise.
     */
    public void expect(Optional<EpochShare> next) {
        boolean isAhead = expected.isPresent() && next.map(expected.get()::isSameAs).orElse(false);
        if (!isAhead) {
            discardAhead();
            expected = next;
            ahead = next.map(share -> loader.load(share.share(), share.epoch())).orElse(List.of());
        }
    }

    /** The loader's queue and buffers are full of minibatches that are not needed. */
    private void discardAhead() {
        if (!ahead.isEmpty()) {
            MinibatchSource source = loader.source();
            loader.close();
            loader = new MinibatchLoader(source);
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
     */
    public record EpochShare(ReplicaShare share, int epoch) implements Serializable {

        /** Whether both are the same minibatches of the same epoch, within one run. */
        public boolean isSameAs(EpochShare other) {
            return epoch == other.epoch
                    && share.minibatches() == other.share.minibatches()
                    && share.examples().size() == other.share.examples().size()
                    // Every example occurs once in an epoch, so the first one identifies a share.
                    && share.examples().id(0) == other.share.examples().id(0);
        }
    }
}
