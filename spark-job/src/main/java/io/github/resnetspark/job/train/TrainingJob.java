package io.github.resnetspark.job.train;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.importer.LayerWeights;
import io.github.resnetspark.job.recipe.DataSettings;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.TemporaryDirectory;
import io.github.resnetspark.job.worker.MinibatchSource;
import io.github.resnetspark.job.worker.ReplicaPool;
import io.github.resnetspark.job.worker.ReplicaSpec;
import io.github.resnetspark.job.worker.ShardSet;
import io.github.resnetspark.job.worker.StateLayout;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.resnet.ResNet;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.task.ShardwiseJob;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a recipe and shards to a model directory. */
public final class TrainingJob {
    /** What the metrics of a run are called, in the directory beside the model. */
    public static final String METRICS = "metrics.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final Configuration configuration;
    private final ModelDirectory model;

    /** @param recipe with {@code data.shards} and {@code model.dir} */
    public TrainingJob(JavaSparkContext spark, Recipe recipe) {
        this.spark = spark;
        this.recipe = recipe;
        this.configuration = ShardwiseJob.configuration(spark).value();
        this.model = new ModelDirectory(recipe.modelDirectory().orElseThrow(), configuration);
    }

    /**
     * Checks everything that can be checked before the first minibatch, then trains and writes the model.
     *
     * @param initFrom a model directory whose weights to start from; its head only where the classes are as many
     * @throws RecipeException with every problem that was found before the start
     */
    public TrainingReport run(Optional<URI> initFrom) throws IOException {
        ShardDirectory shards = new ShardDirectory(new Path(recipe.shards().orElseThrow()), configuration);
        Manifest manifest = TrainingChecks.manifest(recipe, shards, model);
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            ComputationGraph net = ResNet.create(recipe.model(), recipe.train().seed());
            if (initFrom.isPresent()) {
                initialise(net, new ModelDirectory(initFrom.get(), configuration), scratch);
            }
            Path metrics = new Path(model.runDirectory(), METRICS);
            TrainingPlan plan = plan(manifest, shards);
            LOG.info(
                    "{}: {} pictures, {} epochs, {} workers x {} pictures, averaged every {} minibatches",
                    recipe.model().displayName(),
                    manifest.examples(Split.TRAIN),
                    plan.epochs(),
                    plan.workers(),
                    plan.batchSize(),
                    plan.averagingEvery());
            TrainingReport report = train(net, plan, shards, metrics);
            BundleContents contents = new BundleContents(
                    recipe.model(), manifest.classNames(), plan.training().preprocessing(), report.metricsJson());
            BundleWriter.write(scratch.resolve("bundle"), contents, net);
            model.publish(scratch.resolve("bundle"));
            return report;
        }
    }

    /** Trains, and leaves the best state in the network. */
    private TrainingReport train(ComputationGraph net, TrainingPlan plan, ShardDirectory shards, Path metrics)
            throws IOException {
        StateLayout layout = new StateLayout(net);
        try (MetricsLog log = new MetricsLog(shards.storage(), metrics)) {
            TrainingListener listener =
                    new Listeners(List.of(log, new TrainingProgress(plan.epochs(), System::nanoTime)));
            TrainingOutcome outcome =
                    new AveragingTrainer(spark, plan, listener).train(layout.withoutMomentum(), layout.moments());
            layout.fill(outcome.best());
            return new TrainingReport(model.toString(), metrics.toString(), plan, outcome);
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
    }

    private void initialise(ComputationGraph net, ModelDirectory from, TemporaryDirectory scratch) throws IOException {
        Bundle bundle = Bundle.open(from.local(scratch.path()));
        List<String> kept = LayerWeights.copyMatching(bundle.network(), net);
        if (!List.of().equals(kept) && !List.of(ResNet.HEAD).equals(kept)) {
            throw new RecipeException(
                    List.of(from + " holds a " + bundle.spec().displayName() + ", whose layers do not fit a "
                            + recipe.model().displayName() + " (" + kept.size() + " layers differ, e.g. " + kept.get(0)
                            + "). Give --init-from a model of the same network; only its head may differ."));
        }
        LOG.info(
                "weights from {}{}",
                from,
                kept.isEmpty()
                        ? ""
                        : ", with a new head for " + recipe.model().classes() + " classes instead of "
                                + bundle.spec().classes());
    }

    private TrainingPlan plan(Manifest manifest, ShardDirectory shards) throws IOException {
        DataSettings data = recipe.data();
        Preprocessing preprocessing =
                new Preprocessing(recipe.model().input(), data.evaluationResize(), normalization(manifest, data));
        MinibatchSource training = new MinibatchSource(
                ShardSet.of(manifest, Split.TRAIN, shards, configuration),
                preprocessing,
                data.augment(),
                recipe.train().labelSmoothing(),
                recipe.train().seed(),
                // A minibatch may reach from one shuffle window into the next.
                2 * data.shuffleWindow(),
                data.decodeThreads(),
                data.prefetchBatches());
        Optional<MinibatchSource> validation = manifest.examples(Split.VALIDATION) == 0
                ? Optional.empty()
                : Optional.of(MinibatchSource.forEvaluation(
                        ShardSet.of(manifest, Split.VALIDATION, shards, configuration),
                        preprocessing,
                        data.decodeThreads(),
                        data.prefetchBatches()));
        return new TrainingPlan(
                new ReplicaSpec(
                        UUID.randomUUID().toString(),
                        recipe.model(),
                        recipe.optimizer().momentum(),
                        recipe.optimizer().weightDecay()),
                training,
                validation,
                recipe.train().epochs(),
                recipe.train().validateEvery(),
                recipe.train().batchSizePerWorker(),
                recipe.averaging().every(),
                recipe.cluster().workers(),
                data.shuffleWindow(),
                recipe.train().seed(),
                recipe.optimizer().learningRateSchedule(recipe.train().epochs(), recipe.globalBatch()));
    }

    private static Normalization normalization(Manifest manifest, DataSettings data) {
        return Normalization.of(
                data.mean().isEmpty() ? manifest.channels().mean() : data.mean(),
                data.std().isEmpty() ? manifest.channels().std() : data.std());
    }
}
