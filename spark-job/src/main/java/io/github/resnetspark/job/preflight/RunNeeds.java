package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Split;
import java.util.List;

/**
 * What a run needs from a cluster.
 *
 * @param workers number of workers, each of which needs one task slot
 * @param leastWorkers smallest number of workers of a round
 * @param mostWorkers largest number of workers of a round
 * @param spares task slots beyond these that are kept warm, at most
 * @param replicas number of replicas of each worker
 * @param batchSize pictures of a minibatch of one replica
 * @param replica memory of one replica outside the heap
 * @param state size of parameters and momentum, as they are transferred between driver and workers
 * @param inputsOnHeap heap of one replica for row groups and waiting minibatches
 * @param rowGroups of the training split
 * @param examples of the training split
 * @param disk size of the checkpoints and the model
 */
record RunNeeds(
        int workers,
        int leastWorkers,
        int mostWorkers,
        int spares,
        int replicas,
        int batchSize,
        WorkerMemory replica,
        long state,
        long inputsOnHeap,
        long rowGroups,
        long examples,
        long disk) {
    /** Parameters, momentum and best parameters. Outer momentum and moving average add one each. */
    private static final int VECTORS_OF_CHECKPOINT = 3;

    /** The checkpoint of the best validation, and the one that is being written. */
    private static final int MORE_CHECKPOINTS = 2;

    static RunNeeds of(Recipe recipe, Manifest manifest) {
        int input = recipe.data().trainSize().largest();
        LayerTable table = LayerTable.of(recipe.model().withInput(input));
        int batch = recipe.train().batchSizePerReplica();
        long vector = table.parameters() * Float.BYTES;
        List<Manifest.Shard> shards = manifest.shards(Split.TRAIN);
        long bytes = shards.stream().mapToLong(Manifest.Shard::bytes).sum();
        long rowGroups =
                shards.stream().mapToLong(shard -> shard.rowGroups().size()).sum();
        long held = Math.min(rowGroups, 2L * recipe.data().shuffleWindow());
        long prefetched = (long) recipe.data().prefetchBatches() * batch * 3 * input * input * Float.BYTES;
        int vectors = VECTORS_OF_CHECKPOINT
                + (recipe.averaging().outerMomentum() > 0 ? 1 : 0)
                + (recipe.averaging().ema() > 0 ? 1 : 0);
        long checkpoints = vector * vectors * (recipe.checkpoint().keep() + MORE_CHECKPOINTS);
        return new RunNeeds(
                recipe.cluster().workers(),
                recipe.cluster().minWorkers(),
                recipe.cluster().maxWorkers(),
                recipe.cluster().spares(),
                recipe.cluster().replicas(),
                batch,
                WorkerMemory.of(table, input),
                2 * vector,
                held * bytes / Math.max(1, rowGroups) + prefetched,
                rowGroups,
                manifest.examples(Split.TRAIN),
                checkpoints + 2 * vector);
    }

    /**
     * Minimum heap of an executor with this number of slots: the averages of two rounds for all slots, and for each slot the slices
     * that it reduces and the pictures of its replicas.
     */
    long executorHeap(int slots) {
        return 2 * state + slots * (state + replicas * inputsOnHeap);
    }

    /** Minimum heap of the driver: parameters and momentum before and after a round, each also as received, and the best ones. */
    long driverHeap() {
        return 5 * state;
    }

    /** Memory outside the heap of an executor with this number of slots. */
    long outsideHeap(int slots) {
        return WorkerMemory.PROCESS + (long) slots * replicas * replica.with(batchSize);
    }
}
