package io.github.resnetspark.job.master;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateSlices;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.DataSetLoader;

/**
 * What every round over paths needs in the executors.
 *
 * @param origin what replicas are made from
 * @param moments where batch-norm's running statistics lie among the parameters
 * @param slices how the state is cut for its way
 * @param loader makes a minibatch of a path
 * @param files how to reach the file system
 */
record PathContext(
        GraphReplica.Origin origin,
        BatchNormMoments moments,
        StateSlices slices,
        DataSetLoader loader,
        SerializableConfiguration files)
        implements RoundTask.Context {}
