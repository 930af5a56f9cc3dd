package io.github.resnetspark.job.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.Exchange;
import io.github.resnetspark.job.exchange.RoundTimes;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.plan.RoundPlan;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One averaging round, as in {@code metrics.jsonl}. If workers or reducers do something in parallel, the slowest
 * counts.
 *
 * @param epoch from 1
 * @param round within the epoch, from 1
 * @param position number of examples of the epoch that are done after the round
 * @param epochExamples number of examples of the epoch
 * @param examples number of examples of the round
 * @param workers number of workers that had examples
 * @param inputSize side of the pictures in pixels
 * @param loss mean cross-entropy of the round's examples, in nats
 * @param learningRate learning rate of the first minibatch
 * @param imagesPerSecond examples per second of wall-clock time, including averaging
 * @param seconds wall-clock time of the round on the driver
 * @param broadcastSeconds time in which the state was spread over the executors
 * @param loadSeconds time in which a worker loaded the state into its network
 * @param computeSeconds time of forward pass, backward pass and update
 * @param waitSeconds time in which a worker waited for pictures
 * @param serializeSeconds time in which a worker wrote its slices for the reducers
 * @param shuffleSeconds time in which a reducer read its slices
 * @param reduceSeconds time in which it averaged them, most of it while it read others
 * @param driverSeconds time in which no task ran: scheduling, waiting for the driver's copy, the outer step
 * @param averageSeconds everything except the slowest worker's training and waiting for pictures: the cost of averaging
 * @param driverBytes bytes of states that the driver sent, and of the one that it receives during the next round
 * @param minibatches those of each worker, in worker order; empty if they are split evenly
 * @param replicas examples and times of each replica
 */
public record RoundMetrics(
        int epoch,
        int round,
        long position,
        long epochExamples,
        long examples,
        int workers,
        int inputSize,
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
        long driverBytes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> minibatches,
        ReplicaMetrics replicas) {

    /**
     * The metrics of a round.
     *
     * @param position position at the start of the round
     * @param epochExamples number of examples of the epoch
     * @param round the plan of the round
     * @param inputSize side of the pictures in pixels
     * @param minibatches those of each worker; empty if they are split evenly
     * @param seconds wall-clock time, including the outer step
     */
    public static RoundMetrics of(
            Position position,
            long epochExamples,
            RoundPlan round,
            int inputSize,
            double learningRate,
            List<Integer> minibatches,
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
                inputSize,
                reports.stream().mapToDouble(WorkerReport::lossSum).sum() / examples,
                learningRate,
                examples / seconds,
                seconds,
                times.broadcast(),
                longest(reports, WorkerReport::loadSeconds),
                longestReplica(reports, WorkerReport.Replica::computeSeconds),
                longestReplica(reports, WorkerReport.Replica::waitSeconds),
                times.serialize(),
                times.shuffle(),
                times.reduce(),
                Math.max(0, seconds - times.broadcast() - times.tasks()),
                Math.max(0, seconds - longest(reports, WorkerReport::fitSeconds)),
                times.driverBytes(),
                minibatches,
                ReplicaMetrics.of(reports));
    }

    /** Epochs that are done after the round, with a fraction. */
    public double epochsDone() {
        return epoch - 1 + (double) position / epochExamples;
    }

    private static double longestReplica(List<WorkerReport> reports, ToDoubleFunction<WorkerReport.Replica> time) {
        return longest(
                reports,
                report -> report.replicas().stream().mapToDouble(time).max().orElse(0));
    }

    private static double longest(List<WorkerReport> reports, ToDoubleFunction<WorkerReport> time) {
        return reports.stream().mapToDouble(time).max().orElse(0);
    }
}
