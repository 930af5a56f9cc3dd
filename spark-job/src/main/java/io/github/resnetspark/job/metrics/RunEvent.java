package io.github.resnetspark.job.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that happened to a run besides rounds and validations, as in {@code metrics.jsonl}.
 *
 * @param what what happened
 * @param time when, as an instant in UTC
 * @param epoch epoch of the newest round before it, from 1; 0 if there was none
 * @param round that round within the epoch, from 1; 0 if there was none, or if the run is resumed after a complete epoch
 * @param executors executors after it; 0 without a cluster
 * @param executor Spark's name of the executor that came or went; absent for others
 * @param reason why it went, in Spark's words; absent for others
 * @param interrupted for a resumed run, when the newest line before was written; absent if no line has a time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEvent(
        What what,
        String time,
        int epoch,
        int round,
        int executors,
        String executor,
        String reason,
        String interrupted) {

    /** What can happen. */
    public enum What {
        /** The run began. */
        @JsonProperty("started")
        STARTED,
        /** The run was resumed from a checkpoint. */
        @JsonProperty("resumed")
        RESUMED,
        /** An executor was started. */
        @JsonProperty("executor-joined")
        EXECUTOR_JOINED,
        /** An executor failed or was killed. */
        @JsonProperty("executor-lost")
        EXECUTOR_LOST,
        /** Spark ended an executor that it no longer needed. */
        @JsonProperty("executor-returned")
        EXECUTOR_RETURNED
    }

    /** A time as lines of the file have it: in UTC, to the millisecond. */
    public static String instant(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
