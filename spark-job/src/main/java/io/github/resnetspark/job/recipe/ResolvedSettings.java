package io.github.resnetspark.job.recipe;

import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.source.PrepareSettings;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A recipe as a flat list of settings with the values that hold, defaults included: what decides the result of a run.
 * Read off the records, so that a setting that is added to a section is in it without being named here.
 */
public final class ResolvedSettings {
    /**
     * How fast a worker reads, not what; how much of the training error is known; and what slots a run may have, which decides nothing while it has as many as
     * {@code cluster.workers}. A run whose cluster has shrunk is to be continued on what is left of it.
     */
    private static final Set<String> WITHOUT_EFFECT_ON_RESULTS = Set.of(
            "data.decode-threads",
            "data.prefetch-batches",
            "data.cache-dir",
            "data.cache-size",
            "cluster.min-workers",
            "cluster.max-workers",
            "cluster.wait-for-workers",
            "train.training-error-examples");

    /** These came later. While they change nothing they are left out, so that a run that was begun before them goes on. */
    private static final Map<String, String> WITHOUT_EFFECT_WHEN = Map.of(
            "model.initialization", "he-fan-in",
            "data.color-jitter", "[]",
            "data.random-erasing", "0.0",
            "optimizer.clip-norm", "0.0",
            "train.early-stop", "0",
            "train.early-stop-delta", "0.0",
            "accel.kernels", "auto",
            "accel.precision", "f32");

    private ResolvedSettings() {}

    /**
     * By name, e.g. {@code optimizer.learning-rate}. Places are not among them (the shards are known by their manifest),
     * nor are the sections {@code prepare} and {@code checkpoint}.
     */
    public static NavigableMap<String, String> of(Recipe recipe) {
        NavigableMap<String, String> settings = new TreeMap<>();
        add("model", recipe.model(), settings);
        add("data", recipe.data(), settings);
        add("train", recipe.train(), settings);
        add("optimizer", recipe.optimizer(), settings);
        add("averaging", recipe.averaging(), settings);
        add("cluster", recipe.cluster(), settings);
        add("accel", recipe.accel(), settings);
        WITHOUT_EFFECT_ON_RESULTS.forEach(settings::remove);
        WITHOUT_EFFECT_WHEN.forEach(settings::remove);
        return settings;
    }

    /**
     * How pictures become shards, by name, e.g. {@code prepare.resize}. How many of them may be rejected is left out: it
     * changes no shard, and a run that had too many goes on when it is raised.
     */
    public static NavigableMap<String, String> ofPreparation(PrepareSettings prepare) {
        NavigableMap<String, String> settings = new TreeMap<>();
        add("prepare", prepare, settings);
        add("prepare", prepare.pictures(), settings);
        settings.keySet().removeAll(List.of("prepare.max-rejected", "prepare.pictures", "prepare.synsets"));
        settings.put("prepare.synsets", prepare.synsets().order());
        settings.put("prepare.synset-names", prepare.synsets().names());
        settings.put("prepare.ground-truth", prepare.synsets().groundTruth());
        settings.put("prepare.synset-ids", prepare.synsets().ids());
        return settings;
    }

    private static void add(String section, Record values, NavigableMap<String, String> settings) {
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            String key = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            try {
                settings.put(
                        section + "." + key, written(component.getAccessor().invoke(values)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(section + "." + key + " cannot be read", e);
            }
        }
    }

    private static String written(Object value) {
        if (value instanceof Enum<?> choice) {
            return ChoiceNames.of(choice);
        }
        if (value instanceof ResizePolicy policy) {
            return policy.text();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ResolvedSettings::written).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }
}
