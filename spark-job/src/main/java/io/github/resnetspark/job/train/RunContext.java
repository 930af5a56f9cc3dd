package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.worker.MinibatchSource;
import io.github.resnetspark.job.worker.ReplicaSpec;
import java.io.Serializable;

/**
 * What every round of a run needs in the executors; broadcast once.
 *
 * @param replica what replicas are made from
 * @param source the training pictures
 * @param moments where batch-norm's running statistics lie among the parameters
 * @param slices how many reducers share the averaging
 */
record RunContext(ReplicaSpec replica, MinibatchSource source, BatchNormMoments moments, int slices)
        implements Serializable {}
