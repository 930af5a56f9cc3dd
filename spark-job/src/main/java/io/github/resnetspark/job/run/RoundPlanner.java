package io.github.resnetspark.job.run;

import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.replica.FitTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Plans the rounds of a run: which replica trains on which examples, and at which learning rate. Depends only on the
 * plan and the position.
 */
final class RoundPlanner {
    /** Enough for a small network, to let the compiler see every loop. */
    private static final int WARM_UP = 10;

    private final TrainingPlan plan;

    RoundPlanner(TrainingPlan plan) {
        this.plan = plan;
    }

    /**
     * A planned round.
     *
     * @param round the examples of each replica
     * @param learningRate learning rate of the first minibatch
     * @param tasks tasks of the workers that have examples
     */
    record Planned(RoundPlan round, double learningRate, List<FitTask> tasks) {}

    /** The order of the examples in an epoch, from 0. */
    EpochPlan order(int epoch) {
        return EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), epoch, plan.shuffleWindow());
    }

    /**
     * The round that begins at a position in an epoch.
     *
     * @param order order of the examples in that epoch
     * @param workers number of workers that share it
     */
    Planned at(EpochPlan order, int epoch, long example, int workers) {
        RoundPlan round = round(order, epoch, example, workers);
        double[] rates = new double[every(order, epoch, example)];
        for (int step = 0; step < rates.length; step++) {
            rates[step] = plan.schedule().at(epochsDone(order, round, epoch, step));
        }
        Map<Integer, TrainingFeed.EpochShare> coming = coming(order, round, epoch);
        List<List<ReplicaShare>> ofWorkers = round.ofWorkers(plan.replicas());
        List<FitTask> tasks = IntStream.range(0, workers)
                .mapToObj(worker -> new FitTask(
                        worker,
                        ofWorkers.get(worker).stream()
                                .map(share -> new FitTask.Work(
                                        new TrainingFeed.EpochShare(share, epoch),
                                        Optional.ofNullable(coming.get(share.replica()))))
                                .toList(),
                        rates,
                        plan.averaging().within().orElse(rates.length)))
                .filter(task -> task.minibatches() > 0)
                .toList();
        return new Planned(round, rates[0], tasks);
    }

    /** The work with which a spare slot warms up: the first minibatches of a row group, at a rate of 0. */
    FitTask warmUp() {
        EpochPlan order = EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), 0, 1);
        RoundPlan round = RoundPlan.at(order, 0, plan.replicas(), WARM_UP, plan.batchSize());
        return new FitTask(
                0,
                round.shares().stream()
                        .map(share -> new FitTask.Work(new TrainingFeed.EpochShare(share, 0), Optional.empty()))
                        .toList(),
                new double[WARM_UP],
                WARM_UP);
    }

    /** The share of each replica in the next round, if it has the same number of workers. */
    private Map<Integer, TrainingFeed.EpochShare> coming(EpochPlan order, RoundPlan round, int epoch) {
        boolean epochEnds = round.next() == order.examples();
        int nextEpoch = epochEnds ? epoch + 1 : epoch;
        if (nextEpoch == plan.epochs()) {
            return Map.of();
        }
        EpochPlan nextOrder = epochEnds ? order(nextEpoch) : order;
        RoundPlan next = round(
                nextOrder,
                nextEpoch,
                epochEnds ? 0 : round.next(),
                round.shares().size() / plan.replicas());
        Map<Integer, TrainingFeed.EpochShare> shares = new HashMap<>();
        next.shares().stream()
                .filter(share -> share.minibatches() > 0)
                .forEach(share -> shares.put(share.replica(), new TrainingFeed.EpochShare(share, nextEpoch)));
        return shares;
    }

    private RoundPlan round(EpochPlan order, int epoch, long example, int workers) {
        return RoundPlan.at(order, example, workers * plan.replicas(), every(order, epoch, example), plan.batchSize());
    }

    private int every(EpochPlan order, int epoch, long example) {
        return plan.averaging().every().at(epoch + (double) example / order.examples());
    }

    /** The replicas advance together: with each step, every replica has used one more batch. */
    private double epochsDone(EpochPlan order, RoundPlan round, int epoch, int step) {
        long inRound = Math.min(round.examples(), (long) step * round.shares().size() * plan.batchSize());
        return epoch + (double) (round.position() + inRound) / order.examples();
    }
}
