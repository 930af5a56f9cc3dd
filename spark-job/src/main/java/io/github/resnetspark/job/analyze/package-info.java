/**
 * Why residual networks train, seen in numbers and pictures: the degradation of plain networks with depth, the gradient on
 * its way back through the blocks, and the loss around a trained network. Each analysis leaves a table (CSV), a picture (SVG
 * and PNG) and a paragraph (Markdown) in a directory on any Hadoop file system; what was computed before a stop is kept.
 *
 * <p>May use {@code analysis}, {@code bundle}, {@code file}, {@code job.chart}, {@code job.checkpoint},
 * {@code job.evaluate}, {@code job.exchange}, {@code job.input}, {@code job.plan}, {@code job.recipe},
 * {@code job.registry}, {@code job.replica}, {@code job.run}, {@code kernels}, {@code kernels.provider}, {@code network},
 * {@code recipe}, {@code shard}, {@code storage}, {@code task}.
 */
package io.github.resnetspark.job.analyze;
