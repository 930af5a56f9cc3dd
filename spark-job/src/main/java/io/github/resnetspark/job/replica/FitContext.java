package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.input.MinibatchSource;

/**
 * What every round over shards needs in the executors.
 *
 * @param replica what replicas are made from
 * @param source the training pictures
 * @param moments where batch-norm's running statistics lie among the parameters
 * @param slices how the state is cut for its way
 */
public record FitContext(ReplicaSpec replica, MinibatchSource source, BatchNormMoments moments, StateSlices slices)
        implements RoundTask.Context {}
