package io.github.resnetspark.job.run;

import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.plan.RoundSplit;
import io.github.resnetspark.job.replica.FitTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plans the rounds of a run: which replica trains on which examples, and at which learning rate. Depends only on the
 * plan, the position and the balance of the workers.
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
     * @param every H, the mean of the workers' minibatches in a full round
     * @param split the minibatches of each worker in a full round
     * @param side of the pictures in pixels
     * @param learningRate learning rate of the first minibatch
     * @param tasks tasks of the workers that have examples
     */
    record Planned(RoundPlan round, int every, RoundSplit split, int side, double learningRate, List<FitTask> tasks) {

        /** The minibatches of each worker in this round, in worker order; empty if they are split evenly. */
        List<Integer> unevenMinibatches() {
            return split.isEven()
                    ? List.of()
                    : round.ofWorkers(round.shares().size() / split.workers()).stream()
                            .map(shares -> shares.get(0).minibatches())
                            .toList();
        }
    }

    /** The order of the examples in an epoch, from 0. */
    EpochPlan order(int epoch) {
        return EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), epoch, plan.shuffleWindow());
    }

    /**
     * The round that begins at a position in an epoch.
     *
     * @param order order of the examples in that epoch
     * @param workers number of workers that share it
     * @param balance how it and the next one are split between them
     */
    Planned at(EpochPlan order, int epoch, long example, int workers, SpeedBalance balance) {
        int every = every(order, epoch, example);
        RoundSplit split = balance.now(workers, every);
        RoundPlan round = RoundPlan.at(order, example, split, plan.replicas(), plan.batchSize());
        int side = side(order, epoch, example);
        Map<Integer, TrainingFeed.EpochShare> coming = coming(order, round, epoch, workers, balance);
        List<List<ReplicaShare>> ofWorkers = round.ofWorkers(plan.replicas());
        Map<Integer, double[]> rates = split.minibatches().stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(), minibatches -> rates(order, round, epoch, minibatches, workers * every)));
        List<FitTask> tasks = IntStream.range(0, workers)
                .mapToObj(worker -> new FitTask(
                        worker,
                        ofWorkers.get(worker).stream()
                                .map(share -> new FitTask.Work(
                                        new TrainingFeed.EpochShare(share, epoch, side),
                                        Optional.ofNullable(coming.get(share.replica()))))
                                .toList(),
                        rates.get(split.minibatches().get(worker)),
                        plan.averaging().within().orElse(split.minibatches().get(worker))))
                .filter(task -> task.minibatches() > 0)
                .toList();
        return new Planned(round, every, split, side, plan.schedule().at(epochsDone(order, round, epoch, 0)), tasks);
    }

    /** The work with which a spare slot warms up: the first minibatches of a row group, at a rate of 0. */
    FitTask warmUp() {
        EpochPlan order = EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), 0, 1);
        RoundPlan round = RoundPlan.at(order, 0, plan.replicas(), WARM_UP, plan.batchSize());
        int side = plan.inputSizes().at(0);
        return new FitTask(
                0,
                round.shares().stream()
                        .map(share -> new FitTask.Work(new TrainingFeed.EpochShare(share, 0, side), Optional.empty()))
                        .toList(),
                new double[WARM_UP],
                WARM_UP);
    }

    /**
     * What each replica can load ahead: the first minibatches of its share in the next round, if it has the same number
     * of workers. The shares are as large as a round, and tasks contain what this returns.
     */
    Map<Integer, TrainingFeed.EpochShare> coming(
            EpochPlan order, RoundPlan round, int epoch, int workers, SpeedBalance balance) {
        boolean epochEnds = round.next() == order.examples();
        int nextEpoch = epochEnds ? epoch + 1 : epoch;
        if (nextEpoch == plan.epochs()) {
            return Map.of();
        }
        EpochPlan nextOrder = epochEnds ? order(nextEpoch) : order;
        long nextExample = epochEnds ? 0 : round.next();
        RoundPlan next = RoundPlan.at(
                nextOrder,
                nextExample,
                balance.next(workers, every(nextOrder, nextEpoch, nextExample)),
                plan.replicas(),
                plan.batchSize());
        int side = side(nextOrder, nextEpoch, nextExample);
        Map<Integer, TrainingFeed.EpochShare> shares = new HashMap<>();
        next.shares().stream()
                .filter(share -> share.minibatches() > 0)
                .map(share -> share.first(plan.training().prefetchBatches()))
                .forEach(share -> shares.put(share.replica(), new TrainingFeed.EpochShare(share, nextEpoch, side)));
        return shares;
    }

    /**
     * The rate of each minibatch of a worker. It takes all workers the same time to train on their minibatches of a full
     * round, so minibatch k of n is at k / n of it. With an even split all replicas are always in the same step.
     *
     * @param all minibatches of all workers in a full round
     */
    double[] rates(EpochPlan order, RoundPlan round, int epoch, int minibatches, int all) {
        long full = (long) all * plan.replicas() * plan.batchSize();
        double[] rates = new double[minibatches];
        for (int step = 0; step < minibatches; step++) {
            rates[step] = plan.schedule().at(epochsDone(order, round, epoch, full * step / minibatches));
        }
        return rates;
    }

    /** Rounds of an epoch from a position on, if they are shared by this number of workers. */
    long roundsLeft(EpochPlan order, int epoch, long example, int workers) {
        long rounds = 0;
        for (long done = example; done < order.examples(); rounds++) {
            done += (long) every(order, epoch, done) * plan.picturesPerStep(workers);
        }
        return rounds;
    }

    private int every(EpochPlan order, int epoch, long example) {
        return plan.averaging().every().at(epoch + (double) example / order.examples());
    }

    private int side(EpochPlan order, int epoch, long example) {
        return plan.inputSizes().at(epoch + (double) example / order.examples());
    }

    /** @param inRound examples of all replicas since the round began */
    private static double epochsDone(EpochPlan order, RoundPlan round, int epoch, long inRound) {
        return epoch + (double) (round.position() + Math.min(round.examples(), inRound)) / order.examples();
    }
}
