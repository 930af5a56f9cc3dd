package io.github.resnetspark.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * L2 regularization that changes only the gradient, not the score. DL4J's own computes a blocking norm of every weight
 * tensor in every step to add it to the score, which is then no longer the cross-entropy.
 */
public final class UnscoredL2 extends L2Regularization {

    /** Adds {@code l2 · w} to the gradient of {@code w}. */
    public UnscoredL2(double l2) {
        super(l2);
    }

    /** For deserialization from JSON. */
    UnscoredL2(@JsonProperty("l2") ISchedule l2) {
        super(l2);
    }

    @Override
    public double score(INDArray param, int iteration, int epoch) {
        return 0;
    }

    @Override
    public UnscoredL2 clone() {
        return new UnscoredL2(l2.clone());
    }
}
