package io.github.resnetspark.job.worker;

import io.github.resnetspark.image.Augmentation;
import io.github.resnetspark.image.Preprocessing;
import java.io.Serializable;

/**
 * Where a worker's pictures come from and what is done to them on the way to the network.
 *
 * @param shards the stored pictures
 * @param preprocessing input size, resize rule, mean and std
 * @param augmentation how training pictures are varied; none for evaluation
 * @param labelSmoothing ε of {@link SmoothedLabels}; 0 for evaluation
 * @param seed of the augmentation
 * @param rowGroupsHeld row groups kept in memory, at least as many as the plan shuffles together
 * @param decodeThreads threads that decode and augment, per worker
 * @param prefetchBatches minibatches that may wait, decoded, for the network
 */
public record MinibatchSource(
        ShardSet shards,
        Preprocessing preprocessing,
        Augmentation augmentation,
        double labelSmoothing,
        long seed,
        int rowGroupsHeld,
        int decodeThreads,
        int prefetchBatches)
        implements Serializable {
    /** A minibatch in stored order reaches from one row group into the next. */
    private static final int ROW_GROUPS_OF_EVALUATION = 2;

    /** A split as evaluation sees it: nothing is varied, labels are sharp. */
    public static MinibatchSource forEvaluation(
            ShardSet shards, Preprocessing preprocessing, int decodeThreads, int prefetchBatches) {
        return new MinibatchSource(
                shards,
                preprocessing,
                Augmentation.NONE,
                0,
                0,
                ROW_GROUPS_OF_EVALUATION,
                decodeThreads,
                prefetchBatches);
    }
}
