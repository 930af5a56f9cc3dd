package io.github.resnetspark.job.report;

import io.github.resnetspark.job.checkpoint.CheckpointDirectory.Ownership;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code report.html} of a running training after every validation and at the end, with what it needs to be made again:
 * {@code training.json} and {@code evaluation.json}. A failure never ends the training: it is logged once.
 */
public final class ReportKeeper implements TrainingListener {
    /** Name of the page in the run directory. */
    public static final String PAGE = "report.html";

    private static final Logger LOG = LoggerFactory.getLogger(ReportKeeper.class);

    private final Storage storage;
    private final Path run;
    private final Ownership ownership;
    private final RunHistory history;
    private RunDescription description;
    private Optional<Evaluated> evaluation = Optional.empty();
    private boolean failed;

    private ReportKeeper(
            Storage storage, Path run, Ownership ownership, RunDescription description, RunHistory history) {
        this.storage = storage;
        this.run = run;
        this.ownership = ownership;
        this.description = description;
        this.history = history;
    }

    /**
     * Starts, or continues with the metrics that are there already.
     *
     * @param run the run directory
     * @param ownership is checked before each file is written
     */
    public static ReportKeeper open(Storage storage, Path run, Ownership ownership, RunDescription description) {
        RunHistory history;
        try {
            history = RunHistory.read(storage, new Path(run, MetricsLog.FILE));
        } catch (IOException e) {
            LOG.warn(TrainingNotices.reportNotWritten(new Path(run, PAGE).toString(), e.toString()));
            history = new RunHistory();
        }
        ReportKeeper keeper = new ReportKeeper(storage, run, ownership, description, history);
        keeper.write(RunDescription.FILE, description.toJson());
        return keeper;
    }

    /** Must hear the training from its start on: the history first, then what writes the page. */
    public TrainingListener listener() {
        return TrainingListener.all(List.of(history, this));
    }

    @Override
    public void onEvaluation(ValidationMetrics metrics, EvaluationCounts counts) {
        evaluated(Evaluated.of(metrics.epoch(), metrics.weights().key(), counts));
        writePage();
    }

    /** The evaluation of the parameters that become the model. */
    public void evaluatedModel(EvaluationCounts counts) {
        evaluated(Evaluated.of(description.epochs(), Evaluated.MODEL, counts));
    }

    /** The model is complete. */
    public void finished() {
        description = description.finishedAt(RunDescription.instant(Instant.now()));
        write(RunDescription.FILE, description.toJson());
        writePage();
    }

    private void evaluated(Evaluated newest) {
        evaluation = Optional.of(newest);
        write(Evaluated.FILE, newest.toJson());
    }

    private void writePage() {
        if (failed) {
            return;
        }
        try {
            write(
                    PAGE,
                    ReportPage.of(List.of(
                                    new RunReport(RunReport.name(run), Optional.of(description), history, evaluation)))
                            .document());
        } catch (RuntimeException | LinkageError e) {
            failed(PAGE, e);
        }
    }

    private void write(String name, byte[] content) {
        if (failed) {
            return;
        }
        try {
            ownership.require();
            // Always the same name, so that what a killed process leaves is overwritten.
            Path aside = new Path(run, "." + name + ".writing");
            try (FSDataOutputStream out = storage.create(aside)) {
                out.write(content);
            }
            storage.rename(aside, new Path(run, name));
        } catch (IOException e) {
            failed(name, e);
        }
    }

    private void failed(String name, Throwable reason) {
        failed = true;
        LOG.warn(TrainingNotices.reportNotWritten(new Path(run, name).toString(), reason.toString()));
    }
}
