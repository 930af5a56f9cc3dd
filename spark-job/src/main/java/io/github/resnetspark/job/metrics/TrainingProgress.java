package io.github.resnetspark.job.metrics;

import io.github.resnetspark.terminal.ProgressStream;
import io.github.resnetspark.text.DurationText;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the progress of a run: on a terminal in a line that stays in its place, otherwise in the log with at most one line per
 * interval. The last round of an epoch is always logged. The remaining time is computed from the remaining fraction of the pictures and the mean speed so far, including
 * validations.
 */
public final class TrainingProgress implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final int epochs;
    private final double doneBefore;
    private final LongSupplier nanoTime;
    private final Optional<ProgressStream> terminal;
    private final long begin;
    private long lastLine;

    /**
     * @param doneBefore fraction of the whole run that was done before this process started, 0 to 1
     * @param terminal of this process, if it has one
     */
    public TrainingProgress(int epochs, double doneBefore, LongSupplier nanoTime, Optional<ProgressStream> terminal) {
        this.epochs = epochs;
        this.doneBefore = doneBefore;
        this.nanoTime = nanoTime;
        this.terminal = terminal;
        this.begin = nanoTime.getAsLong();
        this.lastLine = begin;
    }

    @Override
    public void onRound(RoundMetrics metrics) {
        long now = nanoTime.getAsLong();
        boolean epochEnds = metrics.position() == metrics.epochExamples();
        if (epochEnds) {
            terminal.ifPresent(ProgressStream::clear);
        }
        if (epochEnds || (terminal.isEmpty() && now - lastLine >= INTERVAL.toNanos())) {
            lastLine = now;
            LOG.info(line(metrics, Duration.ofNanos(now - begin)));
        } else {
            terminal.ifPresent(stream -> stream.show(line(metrics, Duration.ofNanos(now - begin))));
        }
    }

    @Override
    public void onTrainingError(TrainingListener.TrainingError metrics) {
        LOG.info(String.format(
                Locale.ROOT,
                "epoch %d/%d  training error: %.2f %%, loss %.4f, %,d pictures in %.1f s",
                metrics.epoch(),
                epochs,
                100 * (1 - metrics.top1()),
                metrics.loss(),
                metrics.examples(),
                metrics.seconds()));
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        LOG.info(String.format(
                Locale.ROOT,
                "epoch %d/%d  validation%s: top-1 %.2f %%, top-5 %.2f %%, loss %.4f, %,d pictures in %.1f s%s",
                metrics.epoch(),
                epochs,
                metrics.weights() == ValidationMetrics.Parameters.EMA ? " of the moving average" : "",
                100 * metrics.top1(),
                100 * metrics.top5(),
                metrics.loss(),
                metrics.examples(),
                metrics.seconds(),
                metrics.best() ? ", the best so far" : ""));
    }

    /**
     * The most important first, because a narrow terminal shows only the beginning, such as
     * {@code epoch 2/3 35 % loss 1.2345 lr 0.05 212 images/s 3 min 12 s left (compute 4.1, wait 0.0, average 0.2 s)}.
     */
    String line(RoundMetrics metrics, Duration elapsed) {
        double share = (double) metrics.position() / metrics.epochExamples();
        double done = (metrics.epoch() - 1 + share) / epochs;
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  %3.0f %%  loss %.4f  lr %.4g  %.0f images/s  %s  (compute %.1f, wait %.1f, average %.1f s)",
                metrics.epoch(),
                epochs,
                100 * share,
                metrics.loss(),
                metrics.learningRate(),
                metrics.imagesPerSecond(),
                done >= 1 ? "done" : remaining(elapsed, done) + " left",
                metrics.computeSeconds(),
                metrics.waitSeconds(),
                metrics.averageSeconds());
    }

    private String remaining(Duration elapsed, double done) {
        long seconds = Math.round(elapsed.toMillis() / 1000.0 * (1 - done) / (done - doneBefore));
        return DurationText.of(seconds);
    }
}
