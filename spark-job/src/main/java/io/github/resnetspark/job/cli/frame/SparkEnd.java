package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.failure.KnownFailure;
import io.github.resnetspark.message.job.CommandFailures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

    /** An older loss is not why Spark ended: a manager that gives up does so at the loss that is one too many. */
    private static final Duration RECENT = Duration.ofMinutes(2);

    private volatile Optional<Instant> end = Optional.empty();
    private volatile Optional<Loss> lastLoss = Optional.empty();

    private record Loss(Instant when, String reason) {
        boolean explains(Instant end) {
            return Duration.between(when, end).compareTo(RECENT) <= 0;
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!NO_REASON.matcher(removed.reason()).find()) {
            lastLoss = Optional.of(new Loss(Instant.ofEpochMilli(removed.time()), removed.reason()));
        }
    }

    /** Spark has stopped, although the command did not stop it. */
    void happened() {
        end = Optional.of(Instant.now());
    }

    /** A message for users; empty if a failure of the command has another reason than the end of Spark. */
    Optional<String> explain(Throwable failure) {
        if (end.isEmpty() && !isInterruption(failure)) {
            return Optional.empty();
        }
        Instant ended = end.orElseGet(Instant::now);
        return Optional.of(lastLoss.filter(loss -> loss.explains(ended))
                .map(loss -> afterLosses(loss.reason()))
                .orElseGet(CommandFailures::sparkEnded));
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
