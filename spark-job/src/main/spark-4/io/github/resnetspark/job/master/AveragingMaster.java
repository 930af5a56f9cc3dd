package io.github.resnetspark.job.master;

import io.github.resnetspark.kernels.AccelSettings;

/**
 * Says that Deeplearning4j's own interface to Spark is not there: {@code dl4j-spark} was compiled for Scala 2.12 only, and
 * Spark 4 has Scala 2.13. In the jar for Spark 3.5 this class trains a {@code SparkComputationGraph}.
 */
public final class AveragingMaster {
    /** Always throws an {@link UnsupportedOperationException}. */
    public AveragingMaster(int workers, int averagingEvery) {
        this(workers, averagingEvery, AccelSettings.DEFAULT);
    }

    /** Always throws an {@link UnsupportedOperationException}. */
    public AveragingMaster(int workers, int averagingEvery, AccelSettings accel) {
        throw new UnsupportedOperationException("AveragingMaster needs dl4j-spark, which is there for Scala 2.12 only: use"
                + " the jar for Spark 3.5, or resnet-spark train.");
    }
}
