package io.github.resnetspark.job.score;

import java.io.Serializable;

/**
 * How scoring went, as sums.
 *
 * @param pictures rows of the table
 * @param unreadable of them
 */
record ScoreCounts(long pictures, long unreadable) implements Serializable {
    static final ScoreCounts NONE = new ScoreCounts(0, 0);

    ScoreCounts plus(ScoreCounts other) {
        return new ScoreCounts(pictures + other.pictures, unreadable + other.unreadable);
    }
}
