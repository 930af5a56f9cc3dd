/**
 * Averaging rounds behind Deeplearning4j's own interface, for users of {@code SparkComputationGraph}. It supports any
 * network, and minibatches in the user's own files. It does not support shards, positions or checkpoints; for these,
 * see {@code job.run}.
 *
 * <p>May use {@code job.averaging}, {@code job.exchange}, {@code job.replica}, {@code kernels}, {@code message.job},
 * {@code spark}.
 */
package io.github.resnetspark.job.master;
