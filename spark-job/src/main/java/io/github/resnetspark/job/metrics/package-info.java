/**
 * Metrics of a running training: the figures of rounds and validations, and the listeners that receive them, such as
 * the file {@code metrics.jsonl} and the progress lines in the log. To add a listener, write a class here.
 *
 * <p>May use {@code job.checkpoint}, {@code job.evaluate}, {@code job.exchange}, {@code job.plan}, {@code storage}, {@code terminal},
 * {@code text}.
 */
package io.github.resnetspark.job.metrics;
