package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.failure.KnownFailure;
import io.github.resnetspark.message.job.CommandFailures;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * Whether Spark ended before the command did, and why. If a cluster manager ends the application, for example after too many lost
 * executors, then the exceptions of the command only say that Spark is gone. Only Spark's interface for listeners, which is in
 * its package of the scheduler, says why an executor was lost.
 */
final class SparkEnd extends SparkListener {
    /** Executors that dynamic allocation returned, and those about which a cluster manager that is gone said nothing. */
    private static final Pattern NO_REASON = Pattern.compile("killed by driver|^Executor Process Lost$");

    private volatile boolean ended;
    private volatile Optional<String> lastLoss = Optional.empty();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!NO_REASON.matcher(removed.reason()).find()) {
            lastLoss = Optional.of(removed.reason());
        }
    }

    /** Spark has stopped, although the command did not stop it. */
    void happened() {
        ended = true;
    }

    /** A message for users; empty if a failure of the command has another reason than the end of Spark. */
    Optional<String> explain(Throwable failure) {
        if (!ended && !isInterruption(failure)) {
            return Optional.empty();
        }
        return Optional.of(lastLoss.map(SparkEnd::afterLosses).orElseGet(CommandFailures::sparkEnded));
    }

    private static String afterLosses(String reason) {
        return KnownFailure.explain(new IOException(reason))
                .map(CommandFailures::sparkEndedAfterLosses)
                .orElseGet(() -> CommandFailures.sparkEndedAfterUnknownLosses(reason));
    }

    /** In its cluster mode, Spark on YARN interrupts the command when it ends the application. Nobody else does. */
    private static boolean isInterruption(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }
}
