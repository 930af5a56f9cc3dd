package io.github.resnetspark.job.retrain;

import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.preflight.Preflight;
import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.job.promote.Judged;
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
import io.github.resnetspark.message.job.PromotionFailures;
import io.github.resnetspark.message.job.RetrainNotices;
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

/** The three steps of a retraining. Each can be killed at any point and repeated. */
final class RetrainSteps {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainSteps.class);
    /** How often the comparison is repeated if the current version changes meanwhile. */
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
     * The shards of the run: prepared from the pictures as they are now, or those of an earlier run if nothing changed. Once they are
     * complete, the run keeps them to its end. A run that was killed before that prepares the pictures as they are when it resumes.
     *
     * @throws RecipeException if models cannot be compared on {@code promote.shards}
     */
    URI prepare() throws IOException {
        Optional<URI> judging = recipe.delivery().promote().shards();
        if (judging.isPresent()) {
            // Before other shards are prepared for hours.
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
            throw new RecipeException(List.of(PromotionFailures.noValidationPictures(UriText.shown(judged))));
        }
    }

    private Recipe training() throws IOException {
        URI shards = run.shards().orElseThrow();
        if (recipe.delivery().promote().shards().isEmpty()) {
            requireValidation(shards);
        }
        Recipe training = recipes.with(Map.of(
                "data.shards", UriText.text(shards),
                "model.dir", UriText.text(run.model()),
                "model.classes", Integer.toString(manifest(shards).classes())));
        return run.from().isPresent() ? training.continuing() : training;
    }

    private URI judged() throws IOException {
        Optional<URI> given = recipe.delivery().promote().shards();
        return given.isPresent() ? given.get() : run.shards().orElseThrow();
    }

    /**
     * Trains the model of the run, unless it is already trained.
     *
     * @param signals that stop the training after a round
     * @throws RecipeException if the model could not be compared with the current version
     * @throws FailureException if the cluster has too few resources at the moment
     */
    void train(StopSignals signals) throws IOException {
        Recipe training = training();
        requireComparison(training);
        if (new ModelDirectory(run.model(), configuration).holdsModel()) {
            LOG.info(RetrainNotices.alreadyTrained());
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
        judge.problem(
                        "A model trained on " + UriText.shown(shards),
                        manifest(shards).classNames())
                .ifPresent(problems::add);
        Optional<String> current = registry.current();
        if (current.isPresent()) {
            judge.problem(registry.place(current.get())).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }

    /** Slots and space come and go. So this is a failure that may go away, not a mistake in the recipe. */
    private PreflightReport requireCluster(Recipe training) throws IOException {
        PreflightReport cluster = new Preflight(spark, training, configuration)
                .run(manifest(run.shards().orElseThrow()));
        if (!cluster.problems().isEmpty()) {
            throw new FailureException(Kind.ENVIRONMENT, String.join("\n", cluster.problems()));
        }
        return cluster;
    }

    /** Promotes the model of the run if it is better than the version that is current at that time. */
    PromotionOutcome promote() throws IOException {
        Judge judge = new ValidationJudge(spark, training(), judged());
        Promotion promotion = new Promotion(registry, recipe.delivery().promote(), (model, rival) -> {
            Judged judged = judge.judge(model, rival);
            // The last moment before CURRENT is updated.
            lock.requireHeld();
            return judged;
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
                LOG.warn(RetrainNotices.comparesAgain(e.getMessage()));
            } catch (BundleException e) {
                // Not a usage error: the request was fine, the model is damaged.
                throw new FailureException(Kind.DATA, e.getMessage(), e);
            }
        }
    }
}
