package io.github.resnetspark.job.retrain;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.importer.LayerWeights;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.recipe.RetrainSettings;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.TemporaryDirectory;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.resnet.ResNet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The version whose weights a run begins with. */
final class StartingVersion {
    private StartingVersion() {}

    /**
     * The current version; nothing if there is none, or the recipe wants to start from scratch.
     *
     * @throws RecipeException if it is another network than the recipe's: only its head may differ
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
            List<String> kept = LayerWeights.copyMatching(bundle.network(), ResNet.create(recipe.model(), 0));
            if (!kept.isEmpty() && !kept.equals(List.of(ResNet.HEAD))) {
                throw new RecipeException(List.of("Version " + version + " of " + registry.home() + " is a "
                        + bundle.spec().displayName() + ", whose layers do not fit a "
                        + recipe.model().displayName() + " (" + kept.size() + " layers differ, e.g. " + kept.get(0)
                        + "). Set retrain.start = scratch for the first run of another network."));
            }
        }
    }
}
