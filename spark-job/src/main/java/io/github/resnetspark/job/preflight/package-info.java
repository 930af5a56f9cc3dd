/**
 * Checks before a training starts: whether Spark's slots, their memory and GPUs, the disk space for the model and the programs on every
 * executor are what the run needs. {@link io.github.resnetspark.job.preflight.ClusterSurvey} collects facts.
 * {@link io.github.resnetspark.job.preflight.PreflightChecks} checks them and is pure. Sizes are in bytes.
 *
 * <p>May use {@code job.exchange}, {@code job.recipe}, {@code job.replica}, {@code job.schedule},
 * {@code kernels.memory}, {@code message.job}, {@code network}, {@code prepare}, {@code shard}, {@code spark}, {@code text}.
 */
package io.github.resnetspark.job.preflight;
