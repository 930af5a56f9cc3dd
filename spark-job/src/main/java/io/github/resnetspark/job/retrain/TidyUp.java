package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.RegistryException;
import io.github.resnetspark.message.job.RetrainNotices;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old runs, shards and versions after a run. The run is already over, so failures are only logged. */
final class TidyUp {
    private static final Logger LOG = LoggerFactory.getLogger(TidyUp.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storage storage;
    private final Registry registry;
    private final RunsDirectory runs;
    private final Recipe recipe;

    TidyUp(Storage storage, Registry registry, RunsDirectory runs, Recipe recipe) {
        this.storage = storage;
        this.registry = registry;
        this.runs = runs;
        this.recipe = recipe;
    }

    /**
     * Prunes runs, shards and versions.
     *
     * @param outcome of the run, to which the deleted versions are added
     */
    void after(String runId, RunRecord run, ObjectNode outcome) {
        pruneRuns(runId);
        List<String> versions = pruneVersions();
        try {
            if (!versions.isEmpty()) {
                outcome.set(RetrainJob.RetrainReport.PRUNED, JSON.valueToTree(versions));
                run.end(outcome);
            }
            if (outcome.path(RetrainJob.RetrainReport.PROMOTED).asBoolean()) {
                // The version is byte-identical.
                storage.delete(new Path(run.model()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(RetrainNotices.directoryNotTidied(runId, e.toString()));
        }
    }

    private void pruneRuns(String runId) {
        try {
            runs.prune(
                    recipe.delivery().prune().keep(),
                    runId,
                    recipe.shards().orElseThrow(),
                    recipe.delivery().promote().shards());
        } catch (RunsDirectory.DamagedRunException e) {
            LOG.warn(RetrainNotices.nothingPruned(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.warn(RetrainNotices.runsNotPruned(name(), e.toString()));
        }
    }

    private List<String> pruneVersions() {
        try {
            return registry.prune(recipe.delivery().prune().keep());
        } catch (RegistryException | LockLostException e) {
            LOG.warn(RetrainNotices.someVersionsNotPruned(e.getMessage(), name()));
        } catch (IOException | RuntimeException e) {
            LOG.warn(RetrainNotices.versionsNotPruned(name(), e.toString()));
        }
        return List.of();
    }

    private String name() {
        return registry.home().getName();
    }
}
