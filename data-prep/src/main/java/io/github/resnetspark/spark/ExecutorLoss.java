package io.github.resnetspark.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds, in what Spark throws when it has given up a job, that the job lost its executors rather than that a task failed of
 * itself. A job without side effects can be run again then; a task's own failure would only come again.
 */
public final class ExecutorLoss {
    /** Spark's scheduler has no exceptions of their own for these, only the beginnings of its messages. */
    private static final Pattern GIVEN_UP = Pattern.compile(
            "Job aborted due to stage failure: (?:Task \\d+ in stage \\S+ failed \\d+ times, most recent failure:"
                    + " Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\(\\S+ executor \\S+\\): (?<lost>ExecutorLostFailure \\(.+)"
                    + "|.+ has failed the maximum allowable number of times: \\d+\\."
                    + " Most recent failure reason:\\s*(?<fetch>.+))");

    private ExecutorLoss() {}

    /**
     * What became of the executors, in Spark's words: one line. Nothing where the job failed for another reason.
     *
     * @param thrown by Spark, or with what Spark threw as its cause
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
