package io.github.resnetspark.job.retrain;

import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.job.checkpoint.StopSignals;
import io.github.resnetspark.job.promote.Promotion;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.promote.ValidationJudge;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.RegistryException;
import io.github.resnetspark.job.train.EarlierRun;
import io.github.resnetspark.job.train.TrainingJob;
import io.github.resnetspark.lock.LockedException;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
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
    private final RunRecord run;
    private final Configuration configuration;

    RetrainSteps(
            JavaSparkContext spark,
            RecipeVariants recipes,
            Registry registry,
            RunRecord run,
            Configuration configuration) {
        this.spark = spark;
        this.recipes = recipes;
        this.recipe = recipes.with(Map.of());
        this.registry = registry;
        this.run = run;
        this.configuration = configuration;
    }

    /** Shards of the pictures as they were when the run began: those of an earlier run where nothing was new. */
    URI prepare() throws IOException {
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
        try {
            job.run(recipe.prepare().get(), now);
        } catch (ShardException e) {
            if (e.getCause() instanceof LockedException) {
                // Nothing is wrong with the recipe: later it will do.
                throw new RetrainException(e.getMessage(), e);
            }
            throw e;
        }
        return now;
    }

    private Recipe training() throws IOException {
        URI shards = run.shards().orElseThrow();
        Manifest manifest = new ShardDirectory(new Path(shards), configuration).readManifest();
        URI judged = judged();
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

    private URI judged() throws IOException {
        Optional<URI> given = recipe.delivery().promote().shards();
        return given.isPresent() ? given.get() : run.shards().orElseThrow();
    }

    /**
     * Trains the model of the run, unless that was done before.
     *
     * @param signals may ask the training to stop after a round
     */
    void train(StopSignals signals) throws IOException {
        Recipe training = training();
        if (new ModelDirectory(run.model(), configuration).holdsModel()) {
            LOG.info("the model of this run is trained already");
            return;
        }
        Optional<URI> from = run.from().map(registry::place);
        new TrainingJob(spark, training, signals).run(from, EarlierRun.CONTINUE);
    }

    /** Promotes the model of the run if it is better than the version that is current by then. */
    PromotionOutcome promote() throws IOException {
        Promotion promotion =
                new Promotion(registry, recipe.delivery().promote(), new ValidationJudge(spark, training(), judged()));
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
}
