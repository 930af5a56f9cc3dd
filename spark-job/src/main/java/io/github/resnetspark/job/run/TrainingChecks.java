package io.github.resnetspark.job.run;

import io.github.resnetspark.job.preflight.NormalizedValues;
import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardLengths;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.storage.StorageException;
import io.github.resnetspark.text.ClassNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is checked before anything is started. */
final class TrainingChecks {
    private TrainingChecks() {}

    /** A look at the cluster. */
    @FunctionalInterface
    interface ClusterLook {
        /** What it has for a run on these shards. */
        PreflightReport at(Manifest manifest) throws IOException;
    }

    /**
     * Reads the manifest and holds the recipe, the shards, the model's place and the cluster against it.
     *
     * @param finished the model that is at its place already, if a training made it
     * @param start what the run begins with, if that is another model
     * @param cluster looks at it
     * @throws RecipeException with every problem
     */
    static Passed check(
            Recipe recipe,
            ShardDirectory shards,
            ModelDirectory model,
            Optional<FinishedModel> finished,
            Optional<InitialWeights> start,
            ClusterLook cluster)
            throws IOException {
        List<String> problems = new ArrayList<>();
        Passed checked = null;
        try {
            Manifest manifest = shards.readManifest();
            if (manifest.examples(Split.TRAIN) == 0) {
                problems.add(TrainingFailures.noTrainingPictures(shards.path().toString()));
            }
            if (manifest.classes() != recipe.model().classes()) {
                problems.add(TrainingFailures.classCountsDiffer(recipe.model().classes(), manifest.classes()));
            }
            NormalizedValues.problem(recipe, manifest.examples(Split.TRAIN)).ifPresent(problems::add);
            problems.addAll(ClassNames.problems(manifest.classNames(), TrainingFailures.renameClass()));
            problems.addAll(ShardLengths.problems(shards, manifest.shards()));
            checked = new Passed(manifest, cluster.at(manifest));
            problems.addAll(checked.preflight().problems());
        } catch (ShardException | StorageException e) {
            problems.add(e.getMessage());
        }
        model.obstacle().ifPresent(problems::add);
        finished.ifPresent(there -> problems.addAll(there.differences()));
        if (start.isPresent()) {
            start.get().problem().ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        return checked;
    }

    /**
     * What a run starts with when nothing stands in its way.
     *
     * @param manifest of the shards
     * @param preflight what the cluster has
     */
    record Passed(Manifest manifest, PreflightReport preflight) {}
}
