package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.TrainingFeed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The work of one worker in one round, with pictures from shards. Its replicas start from the same state and train in
 * parallel. They are averaged after every {@link #within} minibatches, and at the end of the round, so that the worker
 * contributes one state for any number of replicas.
 */
public final class FitTask implements RoundTask<FitTask.Context> {
    private static final long serialVersionUID = 1;

    private final int worker;
    private final List<Work> work;
    private final double[] rates;
    private final int within;

    /**
     * @param worker index of the worker, from 0
     * @param work of each of its replicas; at least one has examples
     * @param rates learning rate of each minibatch
     * @param within minibatches between two averagings of the replicas, at least 1
     */
    public FitTask(int worker, List<Work> work, double[] rates, int within) {
        this.worker = worker;
        // This list type can be deserialized by every Java release.
        this.work = new ArrayList<>(work);
        this.rates = Arrays.copyOf(
                rates,
                work.stream()
                        .mapToInt(one -> one.now().share().minibatches())
                        .max()
                        .orElse(0));
        this.within = within;
    }

    /** The task of a worker with one replica. */
    public static FitTask of(Work work, double... rates) {
        return new FitTask(work.now().share().replica(), List.of(work), rates, rates.length);
    }

    /**
     * The work of one replica in one round.
     *
     * @param now its examples
     * @param next the first minibatches of the share that it will probably get in the next round, which are loaded
     *     ahead; null if there are none, because an {@link Optional} cannot be serialized
     */
    public record Work(TrainingFeed.EpochShare now, TrainingFeed.EpochShare next) implements Serializable {
        public Work(TrainingFeed.EpochShare now, Optional<TrainingFeed.EpochShare> next) {
            this(now, next.orElse(null));
        }

        Optional<TrainingFeed.EpochShare> coming() {
            return Optional.ofNullable(next);
        }
    }

    @Override
    public int worker() {
        return worker;
    }

    @Override
    public int minibatches() {
        return rates.length;
    }

    List<Work> work() {
        return work;
    }

    int within() {
        return within;
    }

    double rate(int minibatch) {
        return rates[minibatch];
    }

    /** Runs on the replicas that have loaded their pictures ahead, if there are any. */
    @Override
    public RoundTask.Result run(Context context, StateReader start) throws InterruptedException {
        return ReplicaPool.lendToTask(
                context.replica(),
                work.stream().map(one -> Replica.readiestFor(one.now())).toList(),
                lent -> run(context, start, lent));
    }

    private RoundTask.Result run(Context context, StateReader start, LentReplicas<Replica> replicas)
            throws InterruptedException {
        long begin = System.nanoTime();
        replicas.askAll((replica, index) -> replica.begin(context.source(), this, index));
        double begun = (System.nanoTime() - begin) / 1e9;
        double loadSeconds = begun + LentReplicas.load(replicas, context, worker, start);
        float[] centre = replicas.ask(
                0, replica -> context.moments().means(replica.state().parameters()::get));
        WithinWorker average = new WithinWorker(replicas, context.moments(), context.slices(), centre);
        for (int done = 0; done < minibatches(); done += within) {
            int from = done;
            int to = Math.min(from + within, minibatches());
            List<Long> examples = replicas.askAll((replica, index) -> replica.fit(from, to));
            if (to < minibatches()) {
                average.spread(examples);
            } else {
                average.toFirst(examples);
            }
        }
        List<WorkerReport.Replica> reports = replicas.askAll((replica, index) -> replica.end());
        return replicas.ask(
                0,
                first -> new RoundTask.Result(
                        first.state().slices(context.slices()), WorkerReport.of(worker, loadSeconds, reports)));
    }

    /**
     * What every round needs on the executors.
     *
     * @param replica how to create replicas
     * @param source the training pictures
     * @param moments positions of batch normalization's running statistics among the parameters
     * @param slices how the state is split into slices for the network
     */
    public record Context(ReplicaSpec replica, MinibatchSource source, BatchNormMoments moments, StateSlices slices)
            implements RoundTask.Context {}
}
