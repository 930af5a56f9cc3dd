package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Split;
import java.util.List;

/**
 * What a run asks of a cluster.
 *
 * @param workers replicas side by side
 * @param leastWorkers that the run goes on with where slots are missing
 * @param batchSize pictures of a minibatch of one worker
 * @param replica memory of one of them outside the heap
 * @param state the parameters and momentum, as they travel between driver and workers
 * @param inputsOnHeap of one worker: row groups as they were read, and minibatches that wait
 * @param rowGroups of the training split
 * @param examples of the training split
 * @param disk what checkpoints and the model take
 */
record RunNeeds(
        int workers,
        int leastWorkers,
        int batchSize,
        WorkerMemory replica,
        long state,
        long inputsOnHeap,
        long rowGroups,
        long examples,
        long disk) {
    /** Of parameters, momentum and the best parameters, and of an outer velocity and a moving average where there are. */
    private static final int VECTORS_OF_CHECKPOINT = 3;

    /** The newest ones that are kept, that of the best validation, and the one that is being written. */
    private static final int MORE_CHECKPOINTS = 2;

    static RunNeeds of(Recipe recipe, Manifest manifest) {
        LayerTable table = LayerTable.of(recipe.model());
        int input = recipe.model().input();
        int batch = recipe.train().batchSizePerWorker();
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
                batch,
                WorkerMemory.of(table, input),
                2 * vector,
                held * bytes / Math.max(1, rowGroups) + prefetched,
                rowGroups,
                manifest.examples(Split.TRAIN),
                checkpoints + 2 * vector);
    }

    /**
     * Heap of an executor with so many slots: the averages of two rounds for all, and in each slot what all workers send of the
     * slices that it reduces, and pictures. The least that can do.
     */
    long executorHeap(int slots) {
        return 2 * state + slots * (state + inputsOnHeap);
    }

    /** Heap of the driver: the state before and after a round, each also as it arrives, and the best one. The least. */
    long driverHeap() {
        return 5 * state;
    }

    /** Memory of an executor with so many slots outside its heap. */
    long outsideHeap(int slots) {
        return WorkerMemory.PROCESS + slots * replica.with(batchSize);
    }
}
