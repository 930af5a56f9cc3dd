package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.evaluate.EvaluationJob;
import io.github.resnetspark.job.evaluate.Guesses;
import io.github.resnetspark.job.promote.Promotion.Judge;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.message.job.PromotionFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates models on the validation split of some shards. Classes are matched by name if a model has others. */
public final class ValidationJudge implements Judge {
    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final URI shards;
    private final Configuration configuration;

    /** @param recipe for the number of workers, the batch size and the loading of pictures */
    public ValidationJudge(JavaSparkContext spark, Recipe recipe, URI shards) {
        this.spark = spark;
        this.recipe = recipe;
        this.shards = shards;
        this.configuration = ShardwiseJob.configuration(spark).value();
    }

    /** Why a model cannot be evaluated on the shards: they have no class in common. Nothing if they have. */
    public Optional<String> problem(URI model) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            return problem(UriText.shown(model), opened(model, scratch).labels());
        }
    }

    /**
     * The same for a model that does not exist yet.
     *
     * @param model what to call it, at the beginning of a sentence
     */
    public Optional<String> problem(String model, List<String> labels) throws IOException {
        List<String> classes = classes();
        return AlignedModel.isPossible(labels, classes)
                ? Optional.empty()
                : Optional.of(
                        PromotionFailures.noCommonClass(model, UriText.shown(shards), labels.get(0), classes.get(0)));
    }

    private Bundle opened(URI model, TemporaryDirectory scratch) throws IOException {
        return Bundle.open(new ModelDirectory(model, configuration).local(scratch.path()));
    }

    private List<String> classes() throws IOException {
        return new ShardDirectory(new Path(shards), configuration)
                .readManifest()
                .classNames();
    }

    /** @throws RecipeException if there is a {@link #problem} */
    @Override
    public Judged judge(URI model, Guesses rival) throws IOException {
        List<String> classes = classes();
        EvaluationJob evaluation = new EvaluationJob(spark, recipe);
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle bundle = opened(model, scratch);
            problem(UriText.shown(model), bundle.labels()).ifPresent(problem -> {
                throw new RecipeException(List.of(problem));
            });
            if (!AlignedModel.isNeeded(bundle.labels(), classes)) {
                return new Judged(evaluation.against(rival, model, shards, Split.VALIDATION), Judged.Model.of(bundle));
            }
            java.nio.file.Path aligned = scratch.resolve("aligned");
            AlignedModel.write(bundle, classes, aligned);
            return new Judged(
                    evaluation.against(rival, aligned.toUri(), shards, Split.VALIDATION), Judged.Model.of(bundle));
        }
    }
}
