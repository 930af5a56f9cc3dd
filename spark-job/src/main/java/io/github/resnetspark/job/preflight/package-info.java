/**
 * What is looked at before a training starts: whether Spark's slots, their memory and GPUs, the space at the model's place and
 * the programs on every executor are what the run needs. {@link io.github.resnetspark.job.preflight.ClusterSurvey} gathers
 * facts, {@link io.github.resnetspark.job.preflight.PreflightChecks} judges them and is pure. Sizes are in bytes.
 *
 * <p>May use {@code job.recipe}, {@code job.registry}, {@code job.replica}, {@code network}, {@code prepare},
 * {@code shard}, {@code task}.
 */
package io.github.resnetspark.job.preflight;
