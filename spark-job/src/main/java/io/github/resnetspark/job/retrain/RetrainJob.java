package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.run.StopSignals;
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
 * One retraining: prepare what is new, train from the current version, compare both on the same pictures, promote the better
 * one, delete what is old. Every step is one that may be killed and done again, so the whole run is.
 */
public final class RetrainJob {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainJob.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOCK = "_retrain-lock";
    /** How long after its last sign of life a run that nobody named is gone on with. */
    private static final Duration LONGEST = Duration.ofDays(1);

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
     * How a run ended, if it was done before: to be asked before a cluster is.
     *
     * @throws RecipeException if it was begun with other settings
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

    /** What is wrong with the name of a run, if anything is. */
    public static Optional<String> problem(String runId) {
        return runId.matches(RunsDirectory.NAME)
                ? Optional.empty()
                : Optional.of(
                        "«" + runId + "» cannot be a run's name: only letters, digits, _, - and . may be in it, and it"
                                + " begins with one of the first three. Give --run-id another one, e.g. 2026-01-31.");
    }

    /**
     * Runs it, or goes on with it, or tells how it ended when it was run before.
     *
     * @param given the run's name; the same one goes on with the same run. Without one, the run goes on that was begun with
     *     the same settings, was not finished, and gave the last sign of life within a day; or a new one begins
     * @throws RecipeException with every problem that was found before something was started
     * @throws FailureException if another retraining of the model is under way, or the new model is damaged
     */
    public RetrainReport run(Optional<String> given) throws IOException {
        Instant now = Instant.now();
        Optional<String> known =
                given.isPresent() ? given : runs.unfinished(RunSettings.of(recipe), now.minus(LONGEST));
        String runId = known.orElseGet(() -> RunsDirectory.nameAt(now));
        LOG.info("retraining {}, run {}", ShownText.line(registry.home().toString()), runId);
        RunRecord run = runs.run(runId);
        if (run.outcome().isPresent()) {
            return finished(runId, run, recipe);
        }
        try (StorageLock lock = StorageLock.take(storage, new Path(registry.home(), LOCK))) {
            return run.outcome().isPresent() ? finished(runId, run, recipe) : steps(runId, run, lock);
        } catch (LockedException e) {
            throw new FailureException(
                    Kind.ENVIRONMENT,
                    registry.home() + " is being retrained by another run (" + e.owner()
                            + "). Wait until that one is done.",
                    e);
        }
    }

    private static RetrainReport finished(String runId, RunRecord run, Recipe recipe) throws IOException {
        run.requireSettings(runId, RunSettings.of(recipe));
        LOG.info("{} was done before: nothing to do", runId);
        return new RetrainReport(run.outcome().orElseThrow());
    }

    private RetrainReport steps(String runId, RunRecord run, StorageLock lock) throws IOException {
        Optional<String> from = run.isBegun() ? run.from() : StartingVersion.of(registry, recipe, configuration);
        run.begin(
                runId, RunSettings.of(recipe), from, recipe.delivery().promote().shards());
        if (recipe.delivery().promote().shards().isEmpty()) {
            LOG.warn(
                    "promote.shards is not set, so the new model is judged by the pictures that chose its best epoch, which"
                            + " favours it. Set promote.shards to pictures that no training validates on.");
        }
        RetrainSteps steps = new RetrainSteps(spark, recipes, registry, runs, run, lock);
        URI shards = steps.prepare();
        lock.requireHeld();
        train(steps);
        lock.requireHeld();
        PromotionOutcome outcome = steps.promote();
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

    /** A signal waits for the round under way. Elsewhere it ends the process: every other step is simply done again. */
    private static void train(RetrainSteps steps) throws IOException {
        try (StopSignals signals = StopSignals.listen()) {
            steps.train(signals);
            signals.received().ifPresent(signal -> {
                throw new FailureException(
                        Kind.INTERRUPTED,
                        "Stopped by " + signal
                                + " when the model was trained. Run the same command again to have it compared.");
            });
        }
    }

    /** A recipe, some keys of which may be given other values. */
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
     * How a retraining ended: what {@code outcome.json} holds, and {@code --json} prints.
     *
     * @param json docs/retraining.md says what is in it
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
