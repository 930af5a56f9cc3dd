package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.WorkerShare;
import java.io.Serializable;

/**
 * What a worker gets in a round.
 *
 * @param share its examples
 * @param epoch that they are of, from 0, for the augmentation
 */
public record EpochShare(WorkerShare share, int epoch) implements Serializable {

    /** Whether both are the same minibatches of the same epoch of one run. */
    public boolean isSameAs(EpochShare other) {
        return epoch == other.epoch
                && share.minibatches() == other.share.minibatches()
                && share.examples().size() == other.share.examples().size()
                // An example is in one place of an epoch only, so its first one tells a share from all others.
                && share.examples().id(0) == other.share.examples().id(0);
    }
}
