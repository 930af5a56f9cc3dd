/**
 * The event file of a run, which TensorBoard shows: the figures of rounds and validations as scalars, the settings as
 * text and as hyperparameters, and the confusion matrix and the worst mistakes as pictures.
 * {@link io.github.resnetspark.job.tensorboard.TensorBoardLog} is the listener that writes it.
 *
 * <p>May use {@code job.chart}, {@code job.checkpoint}, {@code job.evaluate}, {@code job.metrics}, {@code message.job},
 * {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.tensorboard;
