package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.WorkerShare;
import java.util.Arrays;
import java.util.Optional;

/** The work of one worker in one round, with pictures from shards. */
public final class FitTask implements RoundTask<FitTask.Context> {
    private static final long serialVersionUID = 1;

    private final TrainingFeed.EpochShare work;
    private final double[] rates;
    /** Null if there is none, because an {@link Optional} cannot be serialized. */
    private final TrainingFeed.EpochShare next;

    /**
     * @param work the examples, at least one
     * @param rates learning rate of each minibatch
     * @param next share that this worker will probably get in the next round, which is loaded ahead
     */
    public FitTask(TrainingFeed.EpochShare work, double[] rates, Optional<TrainingFeed.EpochShare> next) {
        this.work = work;
        this.rates = Arrays.copyOf(rates, work.share().minibatches());
        this.next = next.orElse(null);
    }

    @Override
    public int worker() {
        return share().worker();
    }

    @Override
    public int minibatches() {
        return rates.length;
    }

    /** Whether the worker will probably get another share after this one. */
    public boolean expectsMore() {
        return next != null;
    }

    TrainingFeed.EpochShare work() {
        return work;
    }

    WorkerShare share() {
        return work.share();
    }

    double rate(int minibatch) {
        return rates[minibatch];
    }

    Optional<TrainingFeed.EpochShare> next() {
        return Optional.ofNullable(next);
    }

    /** Runs on the replica that has loaded its pictures ahead, if there is one. */
    @Override
    public RoundTask.Result run(Context context, StateReader start) throws InterruptedException {
        return ReplicaPool.lendToTask(context.replica(), Replica.readiestFor(work), lent -> {
            long begin = System.nanoTime();
            lent.ask(replica -> replica.begin(context.source(), this));
            double begun = (System.nanoTime() - begin) / 1e9;
            double loadSeconds = begun + LentReplica.load(lent, context, worker(), start);
            return lent.ask(replica -> replica.fit(context, this, loadSeconds));
        });
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
