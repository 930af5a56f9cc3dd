package io.github.resnetspark.job.watch;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.RunEvent;
import io.github.resnetspark.job.metrics.RunEvent.What;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.text.ShownText;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * Reports the executors that come and go during a training. Spark tells of them on a thread of its own, at any time. They are passed
 * on with the next round or validation, before the others hear of that, so that no listener needs to be safe for threads.
 */
public final class ExecutorWatch extends SparkListener implements TrainingListener, AutoCloseable {
    private final JavaSparkContext spark;
    private final TrainingListener listener;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private int executors;
    private int epoch;
    private int round;

    private ExecutorWatch(JavaSparkContext spark, TrainingListener listener) {
        this.spark = spark;
        this.listener = listener;
    }

    /**
     * Begins, and reports the start of the run.
     *
     * @param listener hears of all events
     * @param start where the run starts, or is resumed
     * @param interrupted when the run that is resumed wrote its newest line
     */
    public static ExecutorWatch begin(
            JavaSparkContext spark, TrainingListener listener, Position start, Optional<String> interrupted) {
        ExecutorWatch watch = new ExecutorWatch(spark, listener);
        spark.sc().addSparkListener(watch);
        // The driver is one of them.
        watch.executors = Math.max(0, spark.sc().statusTracker().getExecutorInfos().length - 1);
        watch.epoch = start.epoch() + (start.round() > 0 ? 1 : 0);
        watch.round = start.round();
        What what = start.equals(Position.START) ? What.STARTED : What.RESUMED;
        watch.report(what, Instant.now(), null, null, interrupted.orElse(null));
        return watch;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        changes.add(new Change(What.EXECUTOR_JOINED, Instant.ofEpochMilli(added.time()), added.executorId(), null));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        changes.add(new Change(
                isReturned(removed) ? What.EXECUTOR_RETURNED : What.EXECUTOR_LOST,
                Instant.ofEpochMilli(removed.time()),
                removed.executorId(),
                ShownText.words(removed.reason())));
    }

    @Override
    public void onRound(RoundMetrics metrics) {
        pass();
        epoch = metrics.epoch();
        round = metrics.round();
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        pass();
    }

    private void pass() {
        for (Change next = changes.poll(); next != null; next = changes.poll()) {
            executors = Math.max(0, executors + (next.what() == What.EXECUTOR_JOINED ? 1 : -1));
            report(next.what(), next.time(), next.executor(), next.reason(), null);
        }
    }

    private void report(What what, Instant time, String executor, String reason, String interrupted) {
        listener.onEvent(
                new RunEvent(what, RunEvent.instant(time), epoch, round, executors, executor, reason, interrupted));
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(this);
        pass();
    }

    /** Whether an executor ended because it was no longer needed, which is no loss. */
    static boolean isReturned(SparkListenerExecutorRemoved removed) {
        // Spark's reason where its dynamic allocation, or a call of its API, ended an executor.
        return removed.reason().startsWith("Executor killed by driver");
    }

    private record Change(What what, Instant time, String executor, String reason) {}
}
