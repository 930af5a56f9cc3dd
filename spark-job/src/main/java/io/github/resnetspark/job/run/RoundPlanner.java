package io.github.resnetspark.job.run;

import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.replica.FitTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans the rounds of a run: which worker trains on which examples, and at which learning rate. Depends only on the
 * plan and the position.
 */
final class RoundPlanner {
    private final TrainingPlan plan;

    RoundPlanner(TrainingPlan plan) {
        this.plan = plan;
    }

    /**
     * A planned round.
     *
     * @param round the examples of each worker
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
        List<FitTask> tasks = round.shares().stream()
                .filter(share -> share.minibatches() > 0)
                .map(share -> new FitTask(
                        new TrainingFeed.EpochShare(share, epoch),
                        rates,
                        Optional.ofNullable(coming.get(share.worker()))))
                .toList();
        return new Planned(round, rates[0], tasks);
    }

    /** The share of each worker in the next round, if it has the same number of workers. */
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
                round.shares().size());
        Map<Integer, TrainingFeed.EpochShare> shares = new HashMap<>();
        next.shares().stream()
                .filter(share -> share.minibatches() > 0)
                .forEach(share -> shares.put(share.worker(), new TrainingFeed.EpochShare(share, nextEpoch)));
        return shares;
    }

    private RoundPlan round(EpochPlan order, int epoch, long example, int workers) {
        return RoundPlan.at(order, example, workers, every(order, epoch, example), plan.batchSize());
    }

    private int every(EpochPlan order, int epoch, long example) {
        return plan.averaging().every().at(epoch + (double) example / order.examples());
    }

    /** The workers advance together: with each step, every worker has used one more batch. */
    private double epochsDone(EpochPlan order, RoundPlan round, int epoch, int step) {
        long inRound = Math.min(round.examples(), (long) step * round.shares().size() * plan.batchSize());
        return epoch + (double) (round.position() + inRound) / order.examples();
    }
}
