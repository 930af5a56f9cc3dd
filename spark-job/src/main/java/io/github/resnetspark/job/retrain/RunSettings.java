package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resnetspark.job.checkpoint.RunIdentity.Change;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.text.UriText;
import java.util.List;
import java.util.NavigableMap;

/** What decides which model comes out of a run. */
final class RunSettings {
    private RunSettings() {}

    static NavigableMap<String, String> of(Recipe recipe) {
        NavigableMap<String, String> settings = recipe.settings();
        // Told by the data.
        settings.remove("model.classes");
        settings.put("data.shards", UriText.shown(recipe.shards().orElseThrow()));
        if (recipe.prepare().isPresent()) {
            settings.putAll(recipe.preparationSettings());
        }
        settings.put("retrain.start", ChoiceNames.of(recipe.delivery().retrain().start()));
        return settings;
    }

    /**
     * Holds the settings of a run against those that it was begun with.
     *
     * @throws RecipeException with every one that was another one then
     */
    static void refuseOthers(String runId, JsonNode begun, NavigableMap<String, String> now) {
        List<String> problems = Change.between(begun, now).stream()
                .map(change -> change.name() + " is " + change.wanted() + " but the run " + runId + " was begun with "
                        + change.before() + ". Set it back to go on with that run, or give another --run-id.")
                .toList();
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }
}
