package io.github.resnetspark.job.retrain;

import io.github.resnetspark.job.recipe.Recipe;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Which keys {@code retrain} refuses to change when it resumes a run, for tests of other packages. */
public final class RetrainIdentity {
    private RetrainIdentity() {}

    /** Whether {@code retrain} refuses to resume a run that began with another value of that key. */
    public static boolean refuses(String key) {
        Recipe recipe =
                Recipe.load(Optional.empty(), List.of("prepare.source=file:/pictures", "data.shards=file:/shards"));
        NavigableMap<String, String> settings = RunSettings.of(recipe);
        return settings.containsKey(key);
    }
}
