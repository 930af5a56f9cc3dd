/**
 * Distributed scoring, each picture once. {@link io.github.resnetspark.job.score.ScoreJob} classifies shards or a folder
 * and writes a table of Parquet files with the result or the error of each picture.
 * {@link io.github.resnetspark.job.score.ResNetModel} does the same with a column of any DataFrame, as a stage of Spark
 * ML.
 *
 * <p>May use {@code bundle}, {@code file}, {@code image}, {@code job.recipe}, {@code job.registry}, {@code job.replica},
 * {@code kernels}, {@code kernels.provider}, {@code message.job}, {@code network}, {@code predict}, {@code recipe},
 * {@code shard}, {@code source}, {@code spark}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.score;
