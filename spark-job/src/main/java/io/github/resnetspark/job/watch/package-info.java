/**
 * A running training in Spark's own monitoring: descriptions of its jobs, and its figures as metrics of Spark, on the
 * driver and on executors. And the executors that come and go.
 *
 * <p>May use {@code job.checkpoint}, {@code job.metrics}, {@code job.replica}, {@code message.job}, {@code text}.
 */
package io.github.resnetspark.job.watch;
