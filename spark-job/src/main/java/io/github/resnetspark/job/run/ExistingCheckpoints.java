package io.github.resnetspark.job.run;

/** What to do with the checkpoints of an earlier run for the same model directory. */
public enum ExistingCheckpoints {
    /** Go on from the newest one, if there is one. */
    CONTINUE,
    /** Start from the beginning, and keep that run's directory under another name. */
    SET_ASIDE
}
