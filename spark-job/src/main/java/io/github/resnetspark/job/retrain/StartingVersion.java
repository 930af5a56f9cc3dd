package io.github.resnetspark.job.retrain;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.recipe.RetrainSettings;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.NetworkFit;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.message.job.RetrainFailures;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The version whose weights a run starts from. */
final class StartingVersion {
    private StartingVersion() {}

    /**
     * The current version; nothing if there is none, or if the recipe starts from scratch.
     *
     * @throws RecipeException if its network is not the recipe's; only the last layer may differ
     */
    static Optional<String> of(Registry registry, Recipe recipe, Configuration configuration) throws IOException {
        Optional<String> current = recipe.delivery().retrain().start() == RetrainSettings.Start.CURRENT
                ? registry.current()
                : Optional.empty();
        if (current.isPresent()) {
            requireSameNetwork(registry, current.get(), recipe, configuration);
        }
        return current;
    }

    private static void requireSameNetwork(
            Registry registry, String version, Recipe recipe, Configuration configuration) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle bundle =
                    Bundle.open(new ModelDirectory(registry.place(version), configuration).local(scratch.path()));
            Optional<String> obstacle = NetworkFit.obstacle(bundle, recipe.model());
            if (obstacle.isPresent()) {
                throw new RecipeException(List.of(
                        RetrainFailures.otherNetwork(version, registry.home().toString(), obstacle.get())));
            }
        }
    }
}
