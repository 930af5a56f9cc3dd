package io.github.resnetspark.job.recipe;

/** What becomes of the workers' momentum between two rounds. */
public enum InnerMomentum {
    /** Averaged as the parameters are: the next round goes on with it (Yu et al. 2019). */
    AVERAGE,
    /** Set to 0: every round begins anew (one of the variants that Wang et al. compare in SlowMo, 2020). */
    RESET
}
