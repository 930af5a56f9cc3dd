package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.job.checkpoint.StopSignals;
import io.github.resnetspark.job.promote.Promotion;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.promote.ValidationJudge;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.recipe.ResolvedSettings;
import io.github.resnetspark.job.recipe.RetrainSettings;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.RegistryException;
import io.github.resnetspark.job.train.EarlierRun;
import io.github.resnetspark.job.train.TrainingJob;
import io.github.resnetspark.lock.LockedException;
import io.github.resnetspark.lock.StorageLock;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
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
    /** How often the current version may change while the run compares itself with it. */
    private static final int PROMOTIONS = 3;

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
        if (run.shards().isEmpty()) {
            run.noteShards(prepare());
        }
        URI shards = run.shards().orElseThrow();
        Recipe training = training(run, shards);
        lock.requireHeld();
        train(run, training);
        lock.requireHeld();
        PromotionOutcome outcome = promote(run, training, shards);
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

    /** Shards of the pictures as they are now: those of an earlier run where nothing is new. */
    private URI prepare() throws IOException {
        URI shards = recipe.shards().orElseThrow();
        if (recipe.prepare().isEmpty()) {
            return shards;
        }
        PrepareJob job = new PrepareJob(spark);
        String name = RunsDirectory.shardsName(job.fingerprint(recipe.prepare().get()));
        URI now = new Path(new Path(shards), name).toUri();
        job.run(recipe.prepare().get(), now);
        return now;
    }

    private Recipe training(RunRecord run, URI shards) {
        Manifest manifest = new ShardDirectory(new Path(shards), configuration).readManifest();
        URI judged = judged(shards);
        Manifest compared = new ShardDirectory(new Path(judged), configuration).readManifest();
        if (compared.examples(Split.VALIDATION) == 0) {
            throw new RecipeException(
                    List.of(judged + " has no pictures in the split validation, so no two models can be compared on it."
                            + " Prepare a source that has them, or set promote.shards."));
        }
        return recipes.with(Map.of(
                "data.shards", shards.toString(),
                "model.dir", run.model().toString(),
                "model.classes", Integer.toString(manifest.classes())));
    }

    private URI judged(URI shards) {
        return recipe.delivery().promote().shards().orElse(shards);
    }

    private void train(RunRecord run, Recipe training) throws IOException {
        if (new ModelDirectory(run.model(), configuration).holdsModel()) {
            LOG.info("the model of this run is trained already");
            return;
        }
        Optional<URI> from = run.from().map(registry::place);
        new TrainingJob(spark, training, signals).run(from, EarlierRun.CONTINUE);
    }

    private PromotionOutcome promote(RunRecord run, Recipe training, URI shards) throws IOException {
        Promotion promotion = new Promotion(
                registry, recipe.delivery().promote(), new ValidationJudge(spark, training, judged(shards)));
        for (int attempt = 1; ; attempt++) {
            try {
                return promotion.run(run.model(), configuration);
            } catch (RegistryException e) {
                if (attempt == PROMOTIONS) {
                    throw e;
                }
                LOG.warn("{} Comparing again.", e.getMessage());
            } catch (BundleException e) {
                // Not the caller's fault: nothing is wrong with what was asked for.
                throw new RetrainException(e.getMessage(), e);
            }
        }
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
