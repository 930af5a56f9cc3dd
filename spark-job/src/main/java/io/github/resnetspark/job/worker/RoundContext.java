package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import java.io.Serializable;

/** What every round of a run needs in the executors, whatever is fitted; broadcast once. */
public interface RoundContext extends Serializable {

    /** Where batch-norm's running statistics lie among the parameters. */
    BatchNormMoments moments();

    /** How the state is cut for its way. */
    StateSlices slices();
}
