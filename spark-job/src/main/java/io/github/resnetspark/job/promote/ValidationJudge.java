package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.evaluate.EvaluationJob;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.TemporaryDirectory;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.task.ShardwiseJob;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Classifies the validation split of some shards; a model with other classes by the names that both have. */
public final class ValidationJudge implements Judge {
    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final URI shards;

    /** @param recipe of which the workers, the batch and the loading of pictures are used */
    public ValidationJudge(JavaSparkContext spark, Recipe recipe, URI shards) {
        this.spark = spark;
        this.recipe = recipe;
        this.shards = shards;
    }

    @Override
    public EvaluationReport judge(URI model) throws IOException {
        Configuration configuration = ShardwiseJob.configuration(spark).value();
        List<String> classes = new ShardDirectory(new Path(shards), configuration)
                .readManifest()
                .classNames();
        EvaluationJob evaluation = new EvaluationJob(spark, recipe);
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle bundle = Bundle.open(new ModelDirectory(model, configuration).local(scratch.path()));
            if (!AlignedModel.isNeeded(bundle.labels(), classes)) {
                return evaluation.run(model, shards, Split.VALIDATION);
            }
            java.nio.file.Path aligned = scratch.resolve("aligned");
            AlignedModel.write(bundle, classes, aligned);
            return evaluation.run(aligned.toUri(), shards, Split.VALIDATION);
        }
    }
}
