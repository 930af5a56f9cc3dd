/**
 * Rounds of averaging behind Deeplearning4j's own interface, for people who know {@code SparkComputationGraph}: any network, and
 * minibatches in files of their own. It has no place for shards, positions and checkpoints; {@code job.run} has.
 *
 * <p>May use {@code job.averaging}, {@code job.exchange}, {@code job.replica}, {@code kernels}, {@code message.job},
 * {@code spark}.
 */
package io.github.resnetspark.job.master;
