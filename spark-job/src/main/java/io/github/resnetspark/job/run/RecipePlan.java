package io.github.resnetspark.job.run;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.job.averaging.ExponentialAverage;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.recipe.AveragingSettings;
import io.github.resnetspark.job.recipe.DataSettings;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.replica.Descent;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** Creates a training plan from a recipe and its shards. */
public final class RecipePlan {
    private RecipePlan() {}

    /** The plan, with a unique name for its replicas. */
    public static TrainingPlan of(Recipe recipe, Manifest manifest, ShardDirectory shards, Configuration configuration)
            throws IOException {
        DataSettings data = recipe.data();
        Preprocessing preprocessing =
                new Preprocessing(recipe.model().input(), data.evaluationResize(), normalization(manifest, data));
        MinibatchSource training = new MinibatchSource(
                ShardSet.of(manifest, Split.TRAIN, shards, configuration),
                preprocessing,
                data.variation(),
                data.mixing(),
                recipe.train().labelSmoothing(),
                recipe.train().seed(),
                // A minibatch may extend into the next shuffle window.
                2 * data.shuffleWindow(),
                data.decodeThreads(),
                data.prefetchBatches(),
                data.cache());
        Optional<MinibatchSource> validation = manifest.examples(Split.VALIDATION) == 0
                ? Optional.empty()
                : Optional.of(
                        data.unvaried(ShardSet.of(manifest, Split.VALIDATION, shards, configuration), preprocessing));
        int sampled = recipe.train().trainingErrorExamples();
        return TrainingPlan.builder(
                        new ReplicaSpec(
                                UUID.randomUUID().toString(),
                                recipe.model(),
                                new Descent(
                                        recipe.optimizer().momentum(),
                                        recipe.optimizer().weightDecay(),
                                        recipe.optimizer().clipNorm(),
                                        recipe.optimizer().lars(),
                                        recipe.optimizer().partFactors()),
                                recipe.accel()),
                        training,
                        recipe.learningRate())
                .inputSizes(data.trainSize().schedule(recipe.train().epochs()))
                .validation(validation, recipe.train().validateEvery())
                .epochs(recipe.train().epochs())
                .workers(recipe.cluster().workers(), recipe.train().batchSizePerReplica())
                .replicas(recipe.cluster().replicas())
                .balance(recipe.cluster().balance())
                .averaging(rule(recipe, manifest.examples(Split.TRAIN)))
                .order(data.shuffleWindow(), recipe.train().seed())
                .earlyStop(
                        new EarlyStop(recipe.train().earlyStop(), recipe.train().earlyStopDelta()))
                .sample(
                        sampled == 0
                                ? Optional.empty()
                                : Optional.of(new TrainingPlan.Sample(
                                        data.unvaried(training.shards(), preprocessing), sampled)))
                .build();
    }

    private static AveragingRule rule(Recipe recipe, long examples) {
        AveragingSettings averaging = recipe.averaging();
        return new AveragingRule(
                recipe.averagingInterval(examples),
                averaging.within(),
                averaging.momentum(),
                new OuterNesterov(averaging.outerMomentum(), averaging.outerLearningRate()),
                averaging.ema() == 0 ? Optional.empty() : Optional.of(new ExponentialAverage(averaging.ema())));
    }

    private static Normalization normalization(Manifest manifest, DataSettings data) {
        return Normalization.of(
                data.mean().isEmpty() ? manifest.channels().mean() : data.mean(),
                data.std().isEmpty() ? manifest.channels().std() : data.std());
    }
}
