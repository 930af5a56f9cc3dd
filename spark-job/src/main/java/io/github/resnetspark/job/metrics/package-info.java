/**
 * What a training tells while it runs: the figures of rounds and validations, and who listens to them, such as the file
 * {@code metrics.jsonl} and the lines on progress in the log. A new listener is one class here.
 *
 * <p>May use {@code job.checkpoint}, {@code job.exchange}, {@code job.plan}, {@code storage}.
 */
package io.github.resnetspark.job.metrics;
