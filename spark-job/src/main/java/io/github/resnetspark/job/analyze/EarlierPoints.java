package io.github.resnetspark.job.analyze;

/** What becomes of the points that an earlier run has computed. */
public enum EarlierPoints {
    /** They are used. */
    USE,
    /** They are deleted, and computed again. */
    DISCARD
}
