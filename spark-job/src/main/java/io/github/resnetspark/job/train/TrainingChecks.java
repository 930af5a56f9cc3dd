package io.github.resnetspark.job.train;

import io.github.resnetspark.job.preflight.Preflight;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardLengths;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is checked before anything is started. */
final class TrainingChecks {
    private TrainingChecks() {}

    /**
     * Reads the manifest and holds the recipe, the shards, the model's place and the cluster against it.
     *
     * @param start what the run begins with, if that is another model
     * @param preflight looks at the cluster
     * @throws RecipeException with every problem
     */
    static CheckedStart check(
            Recipe recipe,
            ShardDirectory shards,
            ModelDirectory model,
            Optional<InitialWeights> start,
            Preflight preflight)
            throws IOException {
        List<String> problems = new ArrayList<>();
        CheckedStart checked = null;
        try {
            Manifest manifest = shards.readManifest();
            if (manifest.examples(Split.TRAIN) == 0) {
                problems.add(shards.path() + " has no pictures to train on. Prepare a source that has a train split.");
            }
            if (manifest.classes() != recipe.model().classes()) {
                problems.add("model.classes is " + recipe.model().classes() + " but the shards have "
                        + manifest.classes() + " classes. Set model.classes = " + manifest.classes() + ".");
            }
            problems.addAll(ShardLengths.problems(shards, manifest.shards()));
            checked = new CheckedStart(manifest, preflight.run(manifest));
            problems.addAll(checked.preflight().problems());
        } catch (ShardException e) {
            problems.add(e.getMessage());
        }
        model.obstacle().ifPresent(problems::add);
        if (start.isPresent()) {
            start.get().problem().ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        return checked;
    }
}
