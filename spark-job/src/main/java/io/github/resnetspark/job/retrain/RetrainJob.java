package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.checkpoint.StopSignals;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.recipe.ResolvedSettings;
import io.github.resnetspark.job.recipe.RetrainSettings;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.RegistryException;
import io.github.resnetspark.lock.LockedException;
import io.github.resnetspark.lock.StorageLock;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Storage;
import io.github.resnetspark.task.ShardwiseJob;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
    /** How long a run that nobody named is gone on with. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final JavaSparkContext spark;
    private final RecipeVariants recipes;
    private final Recipe recipe;
    private final StopSignals signals;
    private final Configuration configuration;
    private final Storage storage;
    private final Registry registry;
    private final RunsDirectory runs;

    /**
     * @param recipes with {@code registry.dir}, {@code registry.name} and {@code data.shards}
     * @param signals may ask the training to stop after a round
     */
    public RetrainJob(JavaSparkContext spark, RecipeVariants recipes, StopSignals signals) {
        this.spark = spark;
        this.recipes = recipes;
        this.recipe = recipes.with(Map.of());
        this.signals = signals;
        this.configuration = ShardwiseJob.configuration(spark).value();
        this.storage = new Storage(configuration);
        this.registry = registry(recipe, configuration);
        this.runs = new RunsDirectory(storage, registry.home());
    }

    /** How a run ended, if it was done before: to be asked before a cluster is. */
    public static Optional<RetrainReport> earlier(RecipeVariants recipes, String runId, Configuration configuration)
            throws IOException {
        Registry registry = registry(recipes.with(Map.of()), configuration);
        return new RunsDirectory(new Storage(configuration), registry.home())
                .run(runId)
                .outcome()
                .map(RetrainReport::new);
    }

    private static Registry registry(Recipe recipe, Configuration configuration) {
        return new Registry(
                recipe.delivery().registry().directory().orElseThrow(),
                recipe.delivery().registry().name().orElseThrow(),
                configuration);
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
     * @param given the run's name; the same one goes on with the same run. Without one, the last day's newest run that was
     *     begun with the same settings and not finished goes on, or a new one begins
     * @throws RecipeException with every problem that was found before something was started
     * @throws RetrainException if another retraining of the model is under way, or the new model is damaged
     */
    public RetrainReport run(Optional<String> given) throws IOException {
        Instant now = Instant.now();
        Optional<String> known = given.isPresent() ? given : runs.unfinished(settings(), now.minus(LONGEST));
        String runId = known.orElseGet(() -> RunsDirectory.nameAt(now));
        LOG.info("retraining {}, run {}", registry.home(), runId);
        RunRecord run = runs.run(runId);
        if (run.outcome().isPresent()) {
            return finished(runId, run);
        }
        try (StorageLock lock = StorageLock.take(storage, new Path(registry.home(), LOCK))) {
            return run.outcome().isPresent() ? finished(runId, run) : steps(runId, run, lock);
        } catch (LockedException e) {
            throw new RetrainException(
                    registry.home() + " is being retrained by another run (" + e.owner()
                            + "). Wait until that one is done.",
                    e);
        }
    }

    private static RetrainReport finished(String runId, RunRecord run) throws IOException {
        LOG.info("{} was done before: nothing to do", runId);
        return new RetrainReport(run.outcome().orElseThrow());
    }

    private RetrainReport steps(String runId, RunRecord run, StorageLock lock) throws IOException {
        run.begin(runId, settings(), startingPoint());
        RetrainSteps steps = new RetrainSteps(spark, recipes, registry, run, configuration);
        URI shards = steps.prepare();
        lock.requireHeld();
        steps.train(signals);
        lock.requireHeld();
        PromotionOutcome outcome = steps.promote();
        lock.requireHeld();
        ObjectNode json = JSON.createObjectNode().put("runId", runId);
        json.setAll(outcome.toJson());
        json.put(RetrainReport.PROMOTED, outcome.version().isPresent())
                .put("startedFrom", run.from().orElse(null))
                .put("shards", shards.toString())
                .put("report", run.report().toString());
        json.set("pruned", JSON.valueToTree(prune(runId)));
        run.end(json, outcome.toMarkdown());
        if (outcome.version().isPresent()) {
            // The version is the same to the byte.
            storage.delete(new Path(run.model()));
        }
        return new RetrainReport(json);
    }

    /** What decides which model comes out. */
    private NavigableMap<String, String> settings() {
        NavigableMap<String, String> settings = ResolvedSettings.of(recipe);
        // Told by the data.
        settings.remove("model.classes");
        settings.put("data.shards", recipe.shards().orElseThrow().toString());
        recipe.prepare().ifPresent(source -> settings.put("prepare.source", source.source()));
        settings.put("retrain.start", recipe.delivery().retrain().start().name());
        return settings;
    }

    private Optional<String> startingPoint() throws IOException {
        return recipe.delivery().retrain().start() == RetrainSettings.Start.CURRENT
                ? registry.current()
                : Optional.empty();
    }

    private List<String> prune(String runId) throws IOException {
        int keep = recipe.delivery().prune().keep();
        runs.prune(keep, runId, new Path(recipe.shards().orElseThrow()));
        try {
            return registry.prune(keep);
        } catch (RegistryException e) {
            LOG.warn("{} Nothing was pruned.", e.getMessage());
            return List.of();
        }
    }
}
