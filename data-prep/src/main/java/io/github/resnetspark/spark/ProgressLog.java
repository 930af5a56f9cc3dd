package io.github.resnetspark.spark;

import io.github.resnetspark.terminal.ProgressStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how many tasks of a job are done and the estimated remaining time: in a line of the terminal that stays in its place, or
 * every few seconds in the log.
 */
final class ProgressLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final long MILLISECONDS_BETWEEN_LINES = 10_000;
    private static final long MILLISECONDS_ON_TERMINAL = 500;

    private final String doing;
    private final int tasks;
    private final long start = System.nanoTime();
    private final LongAccumulator done;
    private final Optional<ProgressStream> terminal = ProgressStream.current();
    private final Timer clock = new Timer("progress", true);

    private boolean closed;

    ProgressLog(SparkContext spark, String doing, int tasks) {
        this.doing = doing;
        this.tasks = tasks;
        this.done = spark.longAccumulator(doing);
        LOG.info("{}: {} {}", doing, tasks, tasks == 1 ? "task" : "tasks");
        long interval = terminal.isPresent() ? MILLISECONDS_ON_TERMINAL : MILLISECONDS_BETWEEN_LINES;
        clock.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        tell();
                    }
                },
                interval,
                interval);
    }

    /** Wraps a task so that it is counted when it ends. */
    <T, R> Function<T, R> counting(Function<T, R> task) {
        LongAccumulator counter = done;
        return item -> {
            R result = task.call(item);
            counter.add(1);
            return result;
        };
    }

    /** Such as "Writing shards: 3 of 12, about 2 min 5 s left". */
    static String line(String doing, long done, int tasks, Duration elapsed) {
        String left = "";
        if (done > 0) {
            long seconds = Math.round(elapsed.toMillis() / 1000.0 * (tasks - done) / done);
            left = seconds < 60
                    ? String.format(Locale.ROOT, ", about %d s left", seconds)
                    : String.format(Locale.ROOT, ", about %d min %d s left", seconds / 60, seconds % 60);
        }
        return doing + ": " + done + " of " + tasks + left;
    }

    private synchronized void tell() {
        if (closed) {
            return;
        }
        String line = line(doing, done.value(), tasks, Duration.ofNanos(System.nanoTime() - start));
        if (terminal.isPresent()) {
            terminal.get().show(line);
        } else {
            LOG.info(line);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        clock.cancel();
        terminal.ifPresent(ProgressStream::clear);
        LOG.info("{}: {} of {} done in {} s", doing, done.value(), tasks, (System.nanoTime() - start) / 1_000_000_000L);
    }
}
