package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.chart.ChartStyle;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.RecipePlan;
import io.github.resnetspark.job.run.TrainingPlan;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures how the gradient flows back through a plain and a residual network of the same depth, at the start and later. */
public final class GradientsJob {
    private final JavaSparkContext spark;
    private final Configuration configuration;

    public GradientsJob(JavaSparkContext spark) {
        this.spark = spark;
        this.configuration = ShardwiseJob.configuration(spark).value();
    }

    /**
     * Trains each network in its own task, and writes {@code gradients.csv}, {@code .md}, {@code .svg} and {@code .png},
     * and the plot {@code jacobians}.
     *
     * @param networks a plain one and a residual one of the same depth
     * @param steps numbers of minibatches after which to measure, in rising order; a minibatch is the recipe's global batch
     * @throws RecipeException if an epoch has fewer minibatches, or the shards have another number of classes
     */
    public AnalysisReport run(List<AnalyzedNetwork> networks, List<Integer> steps, URI out) throws IOException {
        ChartStyle.requireFonts();
        List<GradientProbe.Task> tasks = new ArrayList<>();
        for (AnalyzedNetwork network : networks) {
            tasks.add(task(network, steps));
        }
        List<GradientSnapshot> snapshots = new ShardwiseJob(spark, "Measuring gradients")
                .run(tasks, GradientProbe.Task::run).stream()
                        .flatMap(List::stream)
                        .toList();
        AnalysisDirectory directory = new AnalysisDirectory(Storage.of(configuration), out);
        int depth = networks.get(0).depth();
        return AnalysisReport.write(
                        directory,
                        "gradients",
                        GradientsText.table(snapshots),
                        GradientsText.paragraph(depth, snapshots),
                        GradientsPicture.norms(depth, snapshots))
                .withPicture(directory, "jacobians", GradientsPicture.jacobians(depth, snapshots));
    }

    private GradientProbe.Task task(AnalyzedNetwork network, List<Integer> steps) throws IOException {
        Recipe recipe = network.recipe();
        Path shards = new Path(recipe.shards().orElseThrow());
        ShardDirectory directory = new ShardDirectory(shards, configuration);
        Manifest manifest = directory.readManifest();
        if (manifest.classes() != recipe.model().classes()) {
            throw new RecipeException(
                    List.of(AnalysisFailures.classCountDiffers(recipe.model().classes(), manifest.classes())));
        }
        TrainingPlan plan = RecipePlan.of(recipe, manifest, directory, configuration);
        int batch = recipe.globalBatch();
        int minibatches = 1 + steps.get(steps.size() - 1);
        if ((long) batch * minibatches > manifest.examples(Split.TRAIN)) {
            throw new RecipeException(List.of(
                    AnalysisFailures.tooManySteps(minibatches - 1, manifest.examples(Split.TRAIN) / batch, batch)));
        }
        EpochPlan order = EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), 0, plan.shuffleWindow());
        ReplicaShare share =
                RoundPlan.at(order, 0, 1, minibatches, batch).shares().get(0);
        GradientProbe.Source probe =
                new GradientProbe.Source(plan.replica(), recipe.optimizer().peakLearningRate(batch), plan.seed());
        return new GradientProbe.Task(network.kind(), probe, plan.training(), share, steps);
    }
}
