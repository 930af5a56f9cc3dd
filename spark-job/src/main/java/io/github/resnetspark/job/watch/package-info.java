/**
 * A running training in Spark's own monitoring: descriptions of its jobs, and its figures as metrics of Spark, on the
 * driver and on executors.
 *
 * <p>May use {@code job.metrics}, {@code job.replica}, {@code message.job}.
 */
package io.github.resnetspark.job.watch;
