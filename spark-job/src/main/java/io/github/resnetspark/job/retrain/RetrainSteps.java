package io.github.resnetspark.job.retrain;

import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.preflight.Preflight;
import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.job.promote.Promotion;
import io.github.resnetspark.job.promote.Promotion.Judge;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.promote.ValidationJudge;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.RegistryException;
import io.github.resnetspark.job.retrain.RetrainJob.RecipeVariants;
import io.github.resnetspark.job.run.StopSignals;
import io.github.resnetspark.job.run.TrainingJob;
import io.github.resnetspark.job.run.TrainingLock;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three steps of a retraining, each of which may be cut off at any point and done again. */
final class RetrainSteps {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainSteps.class);
    /** How often the current version may change while the run compares itself with it. */
    private static final int PROMOTIONS = 3;

    private final JavaSparkContext spark;
    private final RecipeVariants recipes;
    private final Recipe recipe;
    private final Registry registry;
    private final RunsDirectory runs;
    private final RunRecord run;
    private final StorageLock lock;
    private final Configuration configuration;

    RetrainSteps(
            JavaSparkContext spark,
            RecipeVariants recipes,
            Registry registry,
            RunsDirectory runs,
            RunRecord run,
            StorageLock lock) {
        this.spark = spark;
        this.recipes = recipes;
        this.recipe = recipes.with(Map.of());
        this.registry = registry;
        this.runs = runs;
        this.run = run;
        this.lock = lock;
        this.configuration = ShardwiseJob.configuration(spark).value();
    }

    /**
     * Shards of the pictures as they were when their preparation began: those of an earlier run where nothing was new. Once
     * they are there, they are the run's until its end; one that was killed before prepares what is there when it goes on.
     *
     * @throws RecipeException if no models can be compared on {@code promote.shards}
     */
    URI prepare() throws IOException {
        Optional<URI> judging = recipe.delivery().promote().shards();
        if (judging.isPresent()) {
            // Before hours of preparing others.
            requireValidation(judging.get());
        }
        if (run.shards().isEmpty()) {
            run.noteShards(prepared());
        }
        return run.shards().orElseThrow();
    }

    private URI prepared() throws IOException {
        URI shards = recipe.shards().orElseThrow();
        if (recipe.prepare().isEmpty()) {
            return shards;
        }
        PrepareJob job = new PrepareJob(spark);
        String name = RunsDirectory.shardsName(job.fingerprint(recipe.prepare().get()));
        URI now = new Path(new Path(shards), name).toUri();
        boolean isThere = new ShardDirectory(new Path(now), configuration).hasManifest();
        run.notePreparation(now, !isThere || runs.haveWritten(now));
        job.run(recipe.prepare().get(), now);
        return now;
    }

    private Manifest manifest(URI shards) throws IOException {
        return new ShardDirectory(new Path(shards), configuration).readManifest();
    }

    private void requireValidation(URI judged) throws IOException {
        if (manifest(judged).examples(Split.VALIDATION) == 0) {
            throw new RecipeException(List.of(UriText.shown(judged)
                    + " has no pictures in the split validation, so no two models can be compared on it."
                    + " Prepare a source that has them, or set promote.shards."));
        }
    }

    private Recipe training() throws IOException {
        URI shards = run.shards().orElseThrow();
        if (recipe.delivery().promote().shards().isEmpty()) {
            requireValidation(shards);
        }
        return recipes.with(Map.of(
                "data.shards", UriText.text(shards),
                "model.dir", UriText.text(run.model()),
                "model.classes", Integer.toString(manifest(shards).classes())));
    }

    private URI judged() throws IOException {
        Optional<URI> given = recipe.delivery().promote().shards();
        return given.isPresent() ? given.get() : run.shards().orElseThrow();
    }

    /**
     * Trains the model of the run, unless that was done before.
     *
     * @param signals may ask the training to stop after a round
     * @throws RecipeException if its model could not be compared
     * @throws FailureException if the cluster has too little for it just now
     */
    void train(StopSignals signals) throws IOException {
        Recipe training = training();
        requireComparison(training);
        if (new ModelDirectory(run.model(), configuration).holdsModel()) {
            LOG.info("the model of this run is trained already");
            return;
        }
        PreflightReport cluster = requireCluster(training);
        Optional<URI> from = run.from().map(registry::place);
        new TrainingJob(
                        spark,
                        training,
                        signals,
                        Optional.of(new TrainingLock.Watch(lock::requireHeld)),
                        Optional.of(cluster))
                .run(from, TrainingJob.ExistingCheckpoints.CONTINUE);
    }

    private void requireComparison(Recipe training) throws IOException {
        ValidationJudge judge = new ValidationJudge(spark, training, judged());
        URI shards = run.shards().orElseThrow();
        List<String> problems = new ArrayList<>();
        judge.problem("A model of " + UriText.shown(shards), manifest(shards).classNames())
                .ifPresent(problems::add);
        Optional<String> current = registry.current();
        if (current.isPresent()) {
            judge.problem(registry.place(current.get())).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }

    /** Slots and space come and go, so what is missing is no mistake in the recipe: later it may do. */
    private PreflightReport requireCluster(Recipe training) throws IOException {
        PreflightReport cluster = new Preflight(spark, training, configuration)
                .run(manifest(run.shards().orElseThrow()));
        if (!cluster.problems().isEmpty()) {
            throw new FailureException(Kind.ENVIRONMENT, String.join("\n", cluster.problems()));
        }
        return cluster;
    }

    /** Promotes the model of the run if it is better than the version that is current by then. */
    PromotionOutcome promote() throws IOException {
        Judge judge = new ValidationJudge(spark, training(), judged());
        Promotion promotion = new Promotion(registry, recipe.delivery().promote(), model -> {
            EvaluationReport report = judge.judge(model);
            // The last moment before CURRENT is moved.
            lock.requireHeld();
            return report;
        });
        for (int attempt = 1; ; attempt++) {
            try {
                PromotionOutcome outcome =
                        promotion.run(run.model(), configuration, run.promotedAs(registry.moved()), run::noteIntention);
                if (outcome.version().isPresent()) {
                    run.notePromotion(outcome.version().get());
                }
                return outcome;
            } catch (RegistryException e) {
                if (attempt == PROMOTIONS) {
                    throw e;
                }
                LOG.warn("{} Comparing again.", e.getMessage());
            } catch (BundleException e) {
                // Not the caller's fault: nothing is wrong with what was asked for.
                throw new FailureException(Kind.DATA, e.getMessage(), e);
            }
        }
    }
}
