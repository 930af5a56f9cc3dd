package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.plan.WorkerShare;
import java.io.Serializable;
import java.util.Arrays;

/** What one worker does in one round. */
public final class FitTask implements Serializable {
    private static final long serialVersionUID = 1;

    private final WorkerShare share;
    private final int epoch;
    private final double[] rates;

    /**
     * @param share the examples; must not be empty
     * @param epoch from 0, for the augmentation
     * @param rates the learning rate of each minibatch
     */
    public FitTask(WorkerShare share, int epoch, double[] rates) {
        this.share = share;
        this.epoch = epoch;
        this.rates = Arrays.copyOf(rates, share.minibatches());
    }

    /** Runs on a replica of this executor, from the state that the round begins with. */
    public FitResult run(ReplicaSpec spec, MinibatchSource source, NetworkState start) throws InterruptedException {
        return ReplicaPool.run(spec, replica -> replica.fit(source, start, share, epoch, rates));
    }
}
