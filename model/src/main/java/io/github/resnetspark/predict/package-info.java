/**
 * Classification of pictures with a model directory, in any Java program.
 * {@link io.github.resnetspark.predict.Predictor} opens the directory and predicts; {@code docs/use-a-model.md} shows
 * how. No Spark, no Hadoop, local paths only.
 *
 * <p>For callers with their own threads, such as Spark tasks, {@link io.github.resnetspark.predict.PictureBatch}
 * preprocesses encoded pictures to {@code [N, 3, S, S]}, NCHW, and {@link io.github.resnetspark.predict.BatchNetwork}
 * runs them through a network to {@code [N, classes]}.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code image}, {@code kernels}, {@code kernels.memory},
 * {@code kernels.provider}, {@code message.model}, {@code network}.
 */
package io.github.resnetspark.predict;
