package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resnetspark.job.checkpoint.RunIdentity.Change;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.RetrainFailures;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.text.UriText;
import java.util.List;
import java.util.NavigableMap;

/** The settings that decide which model a run produces. */
final class RunSettings {
    private RunSettings() {}

    static NavigableMap<String, String> of(Recipe recipe) {
        NavigableMap<String, String> settings = recipe.settings();
        // The data decides it.
        settings.remove("model.classes");
        settings.put("data.shards", UriText.shown(recipe.shards().orElseThrow()));
        if (recipe.prepare().isPresent()) {
            settings.putAll(recipe.preparationSettings());
        }
        settings.put("retrain.start", ChoiceNames.of(recipe.delivery().retrain().start()));
        return settings;
    }

    /**
     * Compares the settings of a run with those that it began with.
     *
     * @throws RecipeException with every setting that has changed since
     */
    static void refuseOthers(String runId, JsonNode begun, NavigableMap<String, String> now) {
        List<String> problems = Change.between(begun, now).stream()
                .map(change -> RetrainFailures.otherSetting(change.name(), change.wanted(), change.before(), runId))
                .toList();
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }
}
