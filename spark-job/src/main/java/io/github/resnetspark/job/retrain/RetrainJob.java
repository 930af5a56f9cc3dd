package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.run.StopSignals;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.message.job.RetrainFailures;
import io.github.resnetspark.message.job.RetrainNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockedException;
import io.github.resnetspark.text.ShownText;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One retraining: prepares new pictures, trains from the current version, compares both models on the same pictures, promotes the
 * better one and deletes old versions. Every step can be killed and repeated, and so can the whole run.
 */
public final class RetrainJob {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainJob.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOCK = "_retrain-lock";
    /** Maximum age of an unnamed run that may be resumed, counted from its last sign of life. */
    private static final Duration OLDEST_RESUMED = Duration.ofDays(1);

    private final JavaSparkContext spark;
    private final RecipeVariants recipes;
    private final Recipe recipe;
    private final Configuration configuration;
    private final Storage storage;
    private final Registry registry;
    private final RunsDirectory runs;

    /** @param recipes with {@code registry.dir}, {@code registry.name} and {@code data.shards} */
    public RetrainJob(JavaSparkContext spark, RecipeVariants recipes) {
        this.spark = spark;
        this.recipes = recipes;
        this.recipe = recipes.with(Map.of());
        this.configuration = ShardwiseJob.configuration(spark).value();
        this.storage = Storage.of(configuration);
        this.registry = Registry.of(recipe.delivery().registry(), configuration);
        this.runs = new RunsDirectory(storage, registry.home());
    }

    /**
     * The result of a run that is already finished. It is checked before a cluster is started.
     *
     * @throws RecipeException if the run began with other settings
     */
    public static Optional<RetrainReport> earlier(RecipeVariants recipes, String runId, Configuration configuration)
            throws IOException {
        Recipe recipe = recipes.with(Map.of());
        RunRecord run = new RunsDirectory(
                        Storage.of(configuration),
                        Registry.of(recipe.delivery().registry(), configuration).home())
                .run(runId);
        return run.outcome().isPresent() ? Optional.of(finished(runId, run, recipe)) : Optional.empty();
    }

    /** What is wrong with the name of a run, if anything. */
    public static Optional<String> problem(String runId) {
        return runId.matches(RunsDirectory.NAME) ? Optional.empty() : Optional.of(RegistryFailures.notARunName(runId));
    }

    /**
     * Runs it, resumes it, or returns its result if it is already finished.
     *
     * @param given the run's name; the same name resumes the same run. Without a name, resumes the unfinished run with the same
     *     settings whose last sign of life is the newest and at most a day old, or else begins a new run
     * @throws RecipeException with every problem that was found before anything started
     * @throws FailureException if another retraining of the model is running, or the new model is damaged
     */
    public RetrainReport run(Optional<String> given) throws IOException {
        Instant now = Instant.now();
        Optional<String> known =
                given.isPresent() ? given : runs.unfinished(RunSettings.of(recipe), now.minus(OLDEST_RESUMED));
        String runId = known.orElseGet(() -> RunsDirectory.nameAt(now));
        LOG.info(RetrainNotices.begins(registry.home().toString(), runId));
        RunRecord run = runs.run(runId);
        if (run.outcome().isPresent()) {
            return finished(runId, run, recipe);
        }
        try (StorageLock lock = StorageLock.take(storage, new Path(registry.home(), LOCK))) {
            return run.outcome().isPresent() ? finished(runId, run, recipe) : steps(runId, run, lock);
        } catch (LockedException e) {
            throw new FailureException(
                    Kind.ENVIRONMENT, RetrainFailures.locked(registry.home().toString(), e.owner()), e);
        }
    }

    private static RetrainReport finished(String runId, RunRecord run, Recipe recipe) throws IOException {
        run.requireSettings(runId, RunSettings.of(recipe));
        LOG.info(RetrainNotices.finishedBefore(runId));
        return new RetrainReport(run.outcome().orElseThrow());
    }

    private RetrainReport steps(String runId, RunRecord run, StorageLock lock) throws IOException {
        Optional<String> from = run.isBegun() ? run.from() : StartingVersion.of(registry, recipe, configuration);
        run.begin(
                runId, RunSettings.of(recipe), from, recipe.delivery().promote().shards());
        if (recipe.delivery().promote().shards().isEmpty()) {
            LOG.warn(RetrainNotices.favoursNewModel());
        }
        RetrainSteps steps = new RetrainSteps(spark, recipes, registry, runs, run, lock);
        URI shards = steps.prepare();
        lock.requireHeld();
        train(steps);
        lock.requireHeld();
        PromotionOutcome outcome = steps.promote();
        lock.requireHeld();
        new RunPage(storage, runs, run)
                .write(
                        registry.home().getName(),
                        runId,
                        outcome,
                        recipe.delivery().promote(),
                        lock);
        lock.requireHeld();
        ObjectNode json = JSON.createObjectNode().put("runId", runId);
        json.setAll(outcome.toJson());
        json.put(RetrainReport.PROMOTED, outcome.version().isPresent())
                .put("startedFrom", from.orElse(null))
                .put("shards", UriText.shown(shards))
                .put("report", ShownText.line(run.report().toString()));
        json.putArray(RetrainReport.PRUNED);
        run.end(json, outcome.toMarkdown());
        new TidyUp(storage, registry, runs, recipe).after(runId, run, json);
        return new RetrainReport(json);
    }

    /** During training, a signal waits for the current round. In other steps it ends the process: they are simply repeated. */
    private static void train(RetrainSteps steps) throws IOException {
        try (StopSignals signals = StopSignals.listen()) {
            steps.train(signals);
            signals.received().ifPresent(signal -> {
                throw new FailureException(Kind.INTERRUPTED, RetrainFailures.stoppedAfterTraining(signal));
            });
        }
    }

    /** A recipe of which some keys can be overridden. */
    @FunctionalInterface
    public interface RecipeVariants {
        /**
         * The recipe with these values.
         *
         * @param values by key, such as {@code model.classes}; empty for the recipe as it is
         */
        Recipe with(Map<String, String> values);
    }

    /**
     * How a retraining ended: the contents of {@code outcome.json} and the output of {@code --json}.
     *
     * @param json docs/retraining.md describes the fields
     */
    public record RetrainReport(ObjectNode json) {
        static final String PROMOTED = "promoted";
        /** The versions that were deleted. */
        static final String PRUNED = "pruned";

        /** Whether the run's model became the current version. */
        public boolean promoted() {
            return json.path(PROMOTED).asBoolean();
        }

        /** In a few lines. */
        public String text() {
            return json.path("runId").asText() + ": "
                    + (promoted() ? "promoted as version " + version() : "not promoted")
                    + System.lineSeparator() + json.path("reason").asText() + System.lineSeparator() + "report: "
                    + json.path("report").asText();
        }

        private String version() {
            return json.path("version").asText();
        }
    }
}
