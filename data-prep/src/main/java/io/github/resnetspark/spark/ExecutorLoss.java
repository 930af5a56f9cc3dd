package io.github.resnetspark.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Detects from Spark's exceptions that a job failed because it lost its executors, not because of the task itself. A
 * job without side effects can then be repeated, while a failure of the task would only recur.
 */
public final class ExecutorLoss {
    /** Spark's scheduler has no separate exceptions for this, so the start of its messages must tell. */
    private static final Pattern GIVEN_UP = Pattern.compile(
            "Job aborted due to stage failure: (?:Task \\d+ in stage \\S+ failed \\d+ times, most recent failure:"
                    + " Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\(\\S+ executor \\S+\\): (?<lost>ExecutorLostFailure \\(.+)"
                    + "|.+ has failed the maximum allowable number of times: \\d+\\."
                    + " Most recent failure reason:\\s*(?<fetch>.+))");

    private ExecutorLoss() {}

    /**
     * How executors were lost, in Spark's words, on one line; empty if the job failed for another reason.
     *
     * @param thrown an exception from Spark, or one with such a cause
     */
    public static Optional<String> in(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher message = GIVEN_UP.matcher(String.valueOf(cause.getMessage()));
            if (message.lookingAt()) {
                String lost = message.group("lost");
                return Optional.of((lost == null ? message.group("fetch") : lost).strip());
            }
        }
        return Optional.empty();
    }
}
