/**
 * Counting how well a model classifies a split of shards: errors, confusion matrix and calibration, by one Spark task per
 * slot on the replicas of {@code job.replica}.
 */
package io.github.resnetspark.job.evaluate;
