package io.github.resnetspark.job.retrain;

import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.job.report.RetrainingPage;
import io.github.resnetspark.job.report.RetrainingPage.Retraining;
import io.github.resnetspark.message.job.RetrainNotices;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code report.html} of a run. The run is decided by then, so a failure is only logged. */
final class RunPage {
    private static final Logger LOG = LoggerFactory.getLogger(RunPage.class);

    private final Storage storage;
    private final RunsDirectory runs;
    private final RunRecord run;

    RunPage(Storage storage, RunsDirectory runs, RunRecord run) {
        this.storage = storage;
        this.runs = runs;
        this.run = run;
    }

    /**
     * Writes the page, or replaces it.
     *
     * @param name of the model
     * @param lock of the retraining, which must be held
     */
    void write(String name, String runId, PromotionOutcome outcome, PromoteSettings rule, StorageLock lock)
            throws IOException {
        Optional<byte[]> document = document(name, runId, outcome, rule);
        lock.requireHeld();
        if (document.isPresent()) {
            try {
                new AtomicFile(storage, run.page()).replace(document.get());
            } catch (IOException | RuntimeException e) {
                warn(e);
            }
        }
    }

    private Optional<byte[]> document(String name, String runId, PromotionOutcome outcome, PromoteSettings rule) {
        try {
            Optional<String> current = outcome.comparison().currentVersion();
            return Optional.of(RetrainingPage.document(new Retraining(
                    name,
                    runId,
                    outcome,
                    rule,
                    run.trainingPage(),
                    current.isPresent() ? runs.trainingPage(current.get()) : Optional.empty())));
        } catch (IOException | RuntimeException | LinkageError e) {
            warn(e);
            return Optional.empty();
        }
    }

    private void warn(Throwable reason) {
        LOG.warn(RetrainNotices.pageNotWritten(run.page().toString(), reason.toString()));
    }
}
