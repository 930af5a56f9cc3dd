package io.github.resnetspark.job.input;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.PictureVariation;
import java.io.Serializable;

/**
 * The source of a replica's pictures, and how they are processed before they reach the network.
 *
 * @param shards the shards that contain the pictures
 * @param preprocessing input size, resize rule, mean and std
 * @param variation augmentation of training pictures; none for evaluation
 * @param mixing how training pictures are mixed with each other; none for evaluation
 * @param labelSmoothing ε of {@link MinibatchLoader.SmoothedLabels}; 0 for evaluation
 * @param seed of the augmentation
 * @param rowGroupsHeld row groups that a replica keeps in memory, up to half of them read ahead; twice the shuffle
 *     window of the plan
 * @param decodeThreads threads per replica that decode and augment
 * @param prefetchBatches maximum number of minibatches of a replica that are ready or in use
 * @param cache cache of row groups on a local disk
 */
public record MinibatchSource(
        ShardSet shards,
        Preprocessing preprocessing,
        PictureVariation variation,
        MinibatchVariation mixing,
        double labelSmoothing,
        long seed,
        int rowGroupsHeld,
        int decodeThreads,
        int prefetchBatches,
        LocalCache cache)
        implements Serializable {
    /** A minibatch in stored order may extend into the next row group. */
    private static final int ROW_GROUPS_OF_EVALUATION = 2;

    /** A source for evaluation: no augmentation, no mixing and no label smoothing. */
    public static MinibatchSource forEvaluation(
            ShardSet shards, Preprocessing preprocessing, int decodeThreads, int prefetchBatches, LocalCache cache) {
        return new MinibatchSource(
                shards,
                preprocessing,
                PictureVariation.NONE,
                MinibatchVariation.NONE,
                0,
                0,
                ROW_GROUPS_OF_EVALUATION,
                decodeThreads,
                prefetchBatches,
                cache);
    }

    /**
     * Cache of row groups on each executor's local disk, so that later epochs need not fetch them again.
     *
     * @param folder on each executor's machine; empty for no cache
     * @param bytes total size limit of all files in it
     */
    public record LocalCache(String folder, long bytes) implements Serializable {
        /** No cache: every epoch reads from the shards. */
        public static final LocalCache NONE = new LocalCache("", 0);
    }
}
