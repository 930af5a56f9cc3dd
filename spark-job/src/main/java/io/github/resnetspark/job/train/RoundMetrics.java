package io.github.resnetspark.job.train;

/**
 * One averaging round, as {@code metrics.jsonl} has it.
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
 * @param computeSeconds forward, backward and update of the slowest worker
 * @param waitSeconds longest that a worker waited for pictures
 * @param loadSeconds longest that a worker took to load the broadcast state
 * @param averageSeconds what is left: Spark, broadcast, shuffle, reduction
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
        double computeSeconds,
        double waitSeconds,
        double loadSeconds,
        double averageSeconds) {}
