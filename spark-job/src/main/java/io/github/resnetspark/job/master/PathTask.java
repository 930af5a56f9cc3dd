package io.github.resnetspark.job.master;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.replica.LentReplica;
import io.github.resnetspark.job.replica.ReplicaPool;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.DataSetLoader;

/**
 * What one worker does in one round.
 *
 * @param worker its index, from 0
 * @param paths its minibatches, in order; at least one
 * @param iteration minibatches that the network has seen, for schedules of its learning rate
 * @param epoch that the network is in, for the same
 */
record PathTask(int worker, List<String> paths, int iteration, int epoch) implements RoundTask<PathTask.Context> {
    PathTask {
        // A list that Java's serialization knows in every release.
        paths = new ArrayList<>(paths);
    }

    /** The tasks of the round that begins at a path: so many for each worker while there are enough, then evenly fewer. */
    static List<PathTask> of(List<String> paths, int from, int workers, int each, int iteration, int epoch) {
        int count = (int) Math.min(paths.size() - from, (long) workers * each);
        List<PathTask> tasks = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            int first = from + (int) ((long) count * worker / workers);
            int end = from + (int) ((long) count * (worker + 1) / workers);
            if (first < end) {
                tasks.add(new PathTask(worker, paths.subList(first, end), iteration, epoch));
            }
        }
        return tasks;
    }

    @Override
    public int minibatches() {
        return paths.size();
    }

    @Override
    public RoundTask.Result run(Context context, StateReader start) throws InterruptedException {
        return ReplicaPool.lendToTask(context.origin(), ReplicaPool.anyOfThem(), lent -> {
            double loadSeconds = LentReplica.load(lent, context, worker, start);
            return lent.ask(replica -> replica.fit(context, this, loadSeconds));
        });
    }

    /**
     * What every round over paths needs in the executors.
     *
     * @param origin what replicas are made from
     * @param moments where batch-norm's running statistics lie among the parameters
     * @param slices how the state is cut for its way
     * @param loader makes a minibatch of a path
     * @param files how to reach the file system
     */
    record Context(
            GraphReplica.Origin origin,
            BatchNormMoments moments,
            StateSlices slices,
            DataSetLoader loader,
            SerializableConfiguration files)
            implements RoundTask.Context {}
}
