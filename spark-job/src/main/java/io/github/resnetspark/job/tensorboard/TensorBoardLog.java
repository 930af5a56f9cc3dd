package io.github.resnetspark.job.tensorboard;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.framework.Summary;

/**
 * Writes the event file of a run for TensorBoard. Steps count pictures since the start of the run, so they rise over
 * all epochs and do not depend on the number of workers. A failure ends this file, never the training.
 */
public final class TensorBoardLog implements TrainingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TensorBoardLog.class);

    private final Path directory;
    private final long epochExamples;
    private final int batchSize;
    /** Empty after a failure. */
    private Optional<EventFile> file = Optional.empty();

    private TensorBoardLog(Path directory, long epochExamples, int batchSize) {
        this.directory = directory;
        this.epochExamples = epochExamples;
        this.batchSize = batchSize;
    }

    /**
     * Facts about a run.
     *
     * @param settings by name
     * @param started when it began, before all interruptions
     * @param epochExamples training pictures of an epoch
     * @param batchSize pictures per minibatch and replica
     */
    public record Run(NavigableMap<String, String> settings, Instant started, long epochExamples, int batchSize) {}

    /**
     * Starts the events of a run. If the run is resumed from a position, they begin with those until there, and those of
     * rounds that are repeated are dropped.
     */
    public static TensorBoardLog open(Storage storage, Path directory, Run run, Position position) {
        TensorBoardLog log = new TensorBoardLog(directory, run.epochExamples(), run.batchSize());
        double started = Event.seconds(run.started());
        log.unlessItFails(() -> log.file = Optional.of(EventFile.replacing(
                storage,
                directory,
                List.of(
                        new Event(started, 0, Summaries.of(run.settings())),
                        new Event(started, 0, Hyperparameters.begun(run.settings(), run.started()))),
                event -> log.isBefore(position, event))));
        return log;
    }

    /** A position counts epochs that are complete, including their validation. */
    private boolean isBefore(Position position, Event event) {
        long validated = position.epoch() * epochExamples;
        return Summaries.isRound(event.summary())
                ? event.step() <= validated + position.example()
                : Summaries.isValidation(event.summary()) && event.step() <= validated;
    }

    @Override
    public void onRound(RoundMetrics metrics) {
        write(step(metrics.epoch() - 1) + metrics.position(), () -> Summaries.of(metrics, batchSize));
    }

    @Override
    public void onTrainingError(TrainingListener.TrainingError metrics) {
        write(step(metrics.epoch()), () -> Summaries.of(metrics));
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        write(step(metrics.epoch()), () -> Summaries.of(metrics));
    }

    /**
     * Writes what is known at the end of a complete run.
     *
     * @param epochs number of epochs that were done
     * @param evaluation of the model; empty if there was none
     */
    public void done(int epochs, Optional<EvaluationReport> evaluation) {
        if (evaluation.isPresent()) {
            write(step(epochs), () -> ConfusionPicture.of(evaluation.get())
                    .map(Summaries::of)
                    .orElse(Summary.getDefaultInstance()));
            write(
                    step(epochs),
                    () -> Summaries.ofMistakes(
                            evaluation.get().counts().notable(),
                            evaluation.get().labels()));
        }
        write(step(epochs), () -> Hyperparameters.done(Instant.now()));
    }

    private long step(int epochs) {
        return epochs * epochExamples;
    }

    private interface Making {
        Summary summary() throws IOException;
    }

    private void write(long step, Making making) {
        file.ifPresent(open -> unlessItFails(() -> open.append(Event.now(step, making.summary()))));
    }

    private interface Action {
        void run() throws IOException;
    }

    private void unlessItFails(Action action) {
        try {
            action.run();
        } catch (IOException | RuntimeException e) { // Some file systems cannot flush, and say so by the latter.
            String ends = TrainingNotices.tensorBoardEnds(directory.toString(), e.toString());
            LOG.warn(ends);
            LOG.debug(ends, e);
            Optional<EventFile> failed = file;
            file = Optional.empty();
            failed.ifPresent(TensorBoardLog::abandon);
        }
    }

    private static void abandon(EventFile file) {
        try {
            file.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug(TrainingNotices.tensorBoardNotClosed(), e);
        }
    }

    @Override
    public void close() {
        file.ifPresent(TensorBoardLog::abandon);
        file = Optional.empty();
    }
}
