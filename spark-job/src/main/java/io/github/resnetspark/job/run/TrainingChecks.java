package io.github.resnetspark.job.run;

import io.github.resnetspark.job.preflight.NormalizedValues;
import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.job.preflight.RoundLength;
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

/** Checks everything before a training starts. */
final class TrainingChecks {
    private TrainingChecks() {}

    /** Checks the cluster. */
    @FunctionalInterface
    interface ClusterCheck {
        /** Compares the cluster's resources with the needs of a run on these shards. */
        PreflightReport at(Manifest manifest) throws IOException;
    }

    /**
     * Reads the manifest and checks the recipe, the shards, the model directory and the cluster.
     *
     * @param finished the model that is already in the model directory, if a training made it
     * @param start the initial weights, if they are those of another model
     * @param cluster checks the cluster
     * @throws RecipeException with all problems
     */
    static Passed check(
            Recipe recipe,
            ShardDirectory shards,
            ModelDirectory model,
            Optional<FinishedModel> finished,
            Optional<InitialWeights> start,
            ClusterCheck cluster)
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
            if (manifest.examples(Split.TRAIN) > 0) {
                problems.addAll(RoundLength.problems(recipe, manifest.examples(Split.TRAIN)));
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
     * The results of the checks, if there was no problem.
     *
     * @param manifest manifest of the shards
     * @param preflight report on the cluster
     */
    record Passed(Manifest manifest, PreflightReport preflight) {}
}
