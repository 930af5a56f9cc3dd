package io.github.resnetspark.job.input;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.PictureVariation;
import java.io.Serializable;

/**
 * Where a worker's pictures come from and what is done to them on the way to the network.
 *
 * @param shards the stored pictures
 * @param preprocessing input size, resize rule, mean and std
 * @param variation how training pictures are varied; not at all for evaluation
 * @param labelSmoothing ε of {@link MinibatchLoader.SmoothedLabels}; 0 for evaluation
 * @param seed of the augmentation
 * @param rowGroupsHeld row groups kept in memory, up to half of them read ahead; twice as many as the plan shuffles together
 * @param decodeThreads threads that decode and augment, per worker
 * @param prefetchBatches minibatches that may wait, decoded, for the network
 * @param cache where row groups are kept on a local disk
 */
public record MinibatchSource(
        ShardSet shards,
        Preprocessing preprocessing,
        PictureVariation variation,
        double labelSmoothing,
        long seed,
        int rowGroupsHeld,
        int decodeThreads,
        int prefetchBatches,
        LocalCache cache)
        implements Serializable {
    /** A minibatch in stored order reaches from one row group into the next. */
    private static final int ROW_GROUPS_OF_EVALUATION = 2;

    /** A split as evaluation sees it: nothing is varied, labels are sharp. */
    public static MinibatchSource forEvaluation(
            ShardSet shards, Preprocessing preprocessing, int decodeThreads, int prefetchBatches, LocalCache cache) {
        return new MinibatchSource(
                shards,
                preprocessing,
                PictureVariation.NONE,
                0,
                0,
                ROW_GROUPS_OF_EVALUATION,
                decodeThreads,
                prefetchBatches,
                cache);
    }

    /**
     * Where executors keep row groups on a disk of their own, so that a later epoch need not fetch them again.
     *
     * @param folder on each executor's machine; empty: nowhere
     * @param bytes that all files in it together may have
     */
    public record LocalCache(String folder, long bytes) implements Serializable {
        /** Every epoch reads from the shards. */
        public static final LocalCache NONE = new LocalCache("", 0);
    }
}
