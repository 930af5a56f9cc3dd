package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.WorkerShare;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The training pictures of a replica. While the states are averaged it makes the first minibatches of what the replica
 * will most likely get in the next round; a wrong guess costs that work and what the loader has read, and nothing else.
 */
public final class TrainingFeed implements AutoCloseable {
    private MinibatchLoader loader;
    private Optional<EpochShare> expected = Optional.empty();
    private List<Future<MinibatchLoader.Minibatch>> ahead = List.of();

    public TrainingFeed(MinibatchSource source) {
        this.loader = new MinibatchLoader(source);
    }

    /** What is being made ahead of being asked for. */
    public Optional<EpochShare> expected() {
        return expected;
    }

    /** The minibatches of a share, in order, as they get ready; each goes back to {@link #loader}. */
    public List<Future<MinibatchLoader.Minibatch>> minibatches(EpochShare share) {
        boolean guessed = expected.map(share::isSameAs).orElse(false);
        List<Future<MinibatchLoader.Minibatch>> minibatches = ahead;
        if (!guessed) {
            if (!ahead.isEmpty()) {
                // Its queue and its buffers are full of what nobody will take.
                MinibatchSource source = loader.source();
                loader.close();
                loader = new MinibatchLoader(source);
            }
            minibatches = loader.load(share.share(), share.epoch());
        }
        expected = Optional.empty();
        ahead = List.of();
        return minibatches;
    }

    /** Starts on what will most likely be asked for next, after all minibatches of the last share were taken. */
    public void expect(Optional<EpochShare> next) {
        expected = next;
        ahead = next.map(share -> loader.load(share.share(), share.epoch())).orElse(List.of());
    }

    public MinibatchLoader loader() {
        return loader;
    }

    @Override
    public void close() {
        loader.close();
    }

    /**
     * What a worker gets in a round.
     *
     * @param share its examples
     * @param epoch that they are of, from 0, for the augmentation
     */
    public record EpochShare(WorkerShare share, int epoch) implements Serializable {

        /** Whether both are the same minibatches of the same epoch of one run. */
        public boolean isSameAs(EpochShare other) {
            return epoch == other.epoch
                    && share.minibatches() == other.share.minibatches()
                    && share.examples().size() == other.share.examples().size()
                    // An example is in one place of an epoch only, so its first one tells a share from all others.
                    && share.examples().id(0) == other.share.examples().id(0);
        }
    }
}
