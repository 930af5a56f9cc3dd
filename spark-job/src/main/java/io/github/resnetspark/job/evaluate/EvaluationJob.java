package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.JobDescription;
import io.github.resnetspark.spark.ShardwiseJob;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates the model in a model directory on a split of a directory of shards. */
public final class EvaluationJob {
    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final boolean mirrored;

    /** @param recipe of which the workers, the batch size, the settings of the data loader and the number format are used */
    public EvaluationJob(JavaSparkContext spark, Recipe recipe) {
        this(spark, recipe, false);
    }

    /** @param mirrored whether the probabilities are the means over each picture and its mirror image */
    public EvaluationJob(JavaSparkContext spark, Recipe recipe, boolean mirrored) {
        this.spark = spark;
        this.recipe = recipe;
        this.mirrored = mirrored;
    }

    /**
     * Classifies every picture of the split once.
     *
     * @throws RecipeException with all problems: the classes do not match, the split is empty, a shard is missing or
     *     truncated
     */
    public EvaluationReport run(URI model, URI shards, Split split) throws IOException {
        return against(Guesses.NONE, model, shards, split).report();
    }

    /**
     * The same, and compares the answers with those of a newer model, picture by picture.
     *
     * @param rival its answers to the same split, from an evaluation with the same recipe; none for no comparison
     */
    public RivalEvaluation against(Guesses rival, URI model, URI shards, Split split) throws IOException {
        Configuration configuration = ShardwiseJob.configuration(spark).value();
        ShardDirectory directory = new ShardDirectory(new Path(shards), configuration);
        Manifest manifest = directory.readManifest();
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle bundle = Bundle.open(new ModelDirectory(model, configuration).local(scratch.path()));
            EvaluationChecks.require(bundle, shards, directory, manifest, split);
            MinibatchSource source = recipe.data()
                    .unvaried(ShardSet.of(manifest, split, directory, configuration), bundle.preprocessing());
            ReplicaSpec replica =
                    ReplicaSpec.forEvaluation(UUID.randomUUID().toString(), bundle.spec(), recipe.accel());
            float[] parameters = GraphState.parameters(bundle);
            JobDescription description = JobDescription.set(spark, "Evaluate the model");
            try {
                RivalCounts counts = new SplitEvaluation(
                                spark,
                                replica,
                                recipe.cluster().workers(),
                                recipe.cluster().replicas(),
                                recipe.train().batchSizePerReplica(),
                                mirrored)
                        .against(rival, source, parameters);
                return new RivalEvaluation(
                        new EvaluationReport(
                                EvaluatedData.of(shards, split, directory), bundle.labels(), counts.counts()),
                        counts.guesses(),
                        counts.changed());
            } finally {
                description.close();
                ReplicaPool.close(replica.run());
            }
        }
    }
}
