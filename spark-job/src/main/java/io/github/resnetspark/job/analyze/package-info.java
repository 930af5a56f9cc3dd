/**
 * Analyses of why residual networks are easier to train: the degradation of plain networks with depth, the gradient through the blocks,
 * and the loss around a trained network. Each analysis writes a table (CSV), plots (SVG and PNG) and a summary (Markdown) to a directory
 * on any Hadoop file system. Finished parts of a stopped analysis are kept.
 *
 * <p>May use {@code analysis}, {@code bundle}, {@code failure}, {@code file}, {@code job.chart}, {@code job.checkpoint},
 * {@code job.evaluate}, {@code job.exchange}, {@code job.input}, {@code job.plan}, {@code job.recipe},
 * {@code job.registry}, {@code job.replica}, {@code job.run}, {@code kernels}, {@code kernels.provider},
 * {@code message.job}, {@code network}, {@code recipe}, {@code shard}, {@code spark}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.analyze;
