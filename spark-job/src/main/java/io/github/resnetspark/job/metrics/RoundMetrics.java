package io.github.resnetspark.job.metrics;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.Exchange;
import io.github.resnetspark.job.exchange.RoundTimes;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.plan.RoundPlan;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One averaging round, as {@code metrics.jsonl} has it. Of what workers and reducers do side by side the slowest counts.
 *
 * @param epoch from 1
 * @param round within the epoch, from 1
 * @param position examples of the epoch that are done after it
 * @param epochExamples examples of the epoch
 * @param examples of the round
 * @param workers that had examples
 * @param loss mean cross-entropy of its examples, in nats
 * @param learningRate of its first minibatch
 * @param imagesPerSecond examples by wall-clock time, averaging included
 * @param seconds wall-clock time of the round on the driver
 * @param broadcastSeconds spreading the state over the executors
 * @param loadSeconds a worker's reading of the state into its network
 * @param computeSeconds forward, backward and update
 * @param waitSeconds for pictures
 * @param serializeSeconds a worker's writing of its slices for the reducers
 * @param shuffleSeconds the reading of the parts of slices, by the reducers that follow each other in a worker's slot
 * @param reduceSeconds their averaging
 * @param driverSeconds what is left: scheduling, keeping the averages, waiting for the driver's copy, the outer step
 * @param averageSeconds all but the slowest worker's training and waiting for pictures: what the round itself costs
 * @param driverBytes of states that left the driver, and of the one that comes to it while the next round is under way
 */
public record RoundMetrics(
        int epoch,
        int round,
        long position,
        long epochExamples,
        long examples,
        int workers,
        double loss,
        double learningRate,
        double imagesPerSecond,
        double seconds,
        double broadcastSeconds,
        double loadSeconds,
        double computeSeconds,
        double waitSeconds,
        double serializeSeconds,
        double shuffleSeconds,
        double reduceSeconds,
        double driverSeconds,
        double averageSeconds,
        long driverBytes) {

    /**
     * The metrics of a round.
     *
     * @param position where it began
     * @param epochExamples examples of the epoch
     * @param round what was trained on
     * @param seconds wall-clock time, the outer step included
     */
    public static RoundMetrics of(
            Position position,
            long epochExamples,
            RoundPlan round,
            double learningRate,
            Exchange.Result result,
            double seconds) {
        List<WorkerReport> reports = result.reports();
        RoundTimes times = result.times();
        long examples = round.examples();
        return new RoundMetrics(
                position.epoch() + 1,
                position.round() + 1,
                round.next(),
                epochExamples,
                examples,
                reports.size(),
                reports.stream().mapToDouble(WorkerReport::lossSum).sum() / examples,
                learningRate,
                examples / seconds,
                seconds,
                times.broadcast(),
                longest(reports, WorkerReport::loadSeconds),
                longest(reports, WorkerReport::computeSeconds),
                longest(reports, WorkerReport::waitSeconds),
                times.serialize(),
                times.shuffle(),
                times.reduce(),
                Math.max(0, seconds - times.broadcast() - times.tasks()),
                Math.max(0, seconds - longest(reports, report -> report.computeSeconds() + report.waitSeconds())),
                times.driverBytes());
    }

    private static double longest(List<WorkerReport> reports, ToDoubleFunction<WorkerReport> time) {
        return reports.stream().mapToDouble(time).max().orElse(0);
    }
}
