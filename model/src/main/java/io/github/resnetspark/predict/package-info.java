/**
 * Classifying pictures with a model directory, in any Java program: {@link io.github.resnetspark.predict.Predictor} opens one
 * and answers. {@code docs/use-a-model.md} shows how. No Spark, no Hadoop; local paths only.
 *
 * <p>Below it, {@link io.github.resnetspark.predict.PictureBatch} makes encoded pictures ready, {@code [N, 3, S, S]}, NCHW, and
 * {@link io.github.resnetspark.predict.BatchNetwork} runs them through a network, {@code [N, classes]}: for those who have
 * threads of their own, as Spark's tasks have.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code image}, {@code kernels}.
 */
package io.github.resnetspark.predict;
