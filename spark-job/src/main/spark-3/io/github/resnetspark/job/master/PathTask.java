package io.github.resnetspark.job.master;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.replica.LentReplicas;
import io.github.resnetspark.job.replica.ReplicaPool;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.DataSetLoader;

/**
 * The work of one worker in one round.
 *
 * @param worker index of the worker, from 0
 * @param paths paths of its minibatches, in order; at least one
 * @param iteration number of minibatches that the network has been trained on, for learning-rate schedules
 * @param epoch epoch of the network, for learning-rate schedules
 */
record PathTask(int worker, List<String> paths, int iteration, int epoch) implements RoundTask<PathTask.Context> {
    PathTask {
        // This list type can be deserialized by every Java release.
        paths = new ArrayList<>(paths);
    }

    /**
     * The tasks of the round that begins at a path. Each worker gets {@code each} paths, or an equal share if fewer are
     * left.
     */
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
        return ReplicaPool.lendToTask(context.origin(), List.of(ReplicaPool.anyOfThem()), lent -> {
            double loadSeconds = LentReplicas.load(lent, context, worker, start);
            return lent.ask(0, replica -> replica.fit(context, this, loadSeconds));
        });
    }

    /**
     * What every round needs on the executors.
     *
     * @param origin how to create replicas
     * @param moments positions of batch normalization's running statistics among the parameters
     * @param slices how the state is split into slices
     * @param loader loads a minibatch from a path
     * @param files configuration of the file system
     */
    record Context(
            GraphReplica.Origin origin,
            BatchNormMoments moments,
            StateSlices slices,
            DataSetLoader loader,
            SerializableConfiguration files)
            implements RoundTask.Context {}
}
