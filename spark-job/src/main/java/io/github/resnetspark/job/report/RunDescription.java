package io.github.resnetspark.job.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Split;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run is, as in {@code training.json} of its run directory.
 *
 * @param network its name, e.g. ResNet-20 (A)
 * @param started when, as an instant in UTC
 * @param finished when the model was complete; absent before
 * @param epochs number of epochs of the recipe
 * @param workers number of workers of the recipe
 * @param replicas number of replicas of each worker
 * @param batchSize pictures of a replica's minibatch
 * @param trainingPictures number of training pictures
 * @param classes names of the classes, in the order of their numbers
 * @param settings all settings that decide the result
 * @param defaults the values that these settings have in an empty recipe
 * @param stages the network's stages
 */
public record RunDescription(
        String network,
        String started,
        @JsonInclude(JsonInclude.Include.NON_NULL) String finished,
        int epochs,
        int workers,
        int replicas,
        int batchSize,
        long trainingPictures,
        List<String> classes,
        Map<String, String> settings,
        Map<String, String> defaults,
        List<Stage> stages) {
    /** Name of the file. */
    public static final String FILE = "training.json";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /**
     * A stage of the network.
     *
     * @param output its output for one picture, e.g. 16 × 32 × 32
     */
    public record Stage(String name, int layers, String output, long parameters, long multiplyAdds) {}

    /** What a recipe makes of these shards. */
    public static RunDescription of(Recipe recipe, Manifest manifest, Instant started) {
        return new RunDescription(
                recipe.model().displayName(),
                instant(started),
                null,
                recipe.train().epochs(),
                recipe.cluster().workers(),
                recipe.cluster().replicas(),
                recipe.train().batchSizePerReplica(),
                manifest.examples(Split.TRAIN),
                manifest.classNames(),
                recipe.settings(),
                Recipe.load(Optional.empty(), List.of()).settings(),
                LayerTable.of(recipe.model()).stages().stream()
                        .map(stage -> new Stage(
                                stage.name(),
                                stage.layers(),
                                stage.outputShape().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(" × ")),
                                stage.parameters(),
                                stage.multiplyAdds()))
                        .toList());
    }

    /** A time as pages show it: in UTC, to the second. */
    static String instant(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Whether a setting has another value than in an empty recipe. */
    boolean isChanged(String setting) {
        return !settings.get(setting).equals(defaults.get(setting));
    }

    /** The same run, complete. */
    RunDescription finishedAt(String instant) {
        return new RunDescription(
                network,
                started,
                instant,
                epochs,
                workers,
                replicas,
                batchSize,
                trainingPictures,
                classes,
                settings,
                defaults,
                stages);
    }

    /** The text of the file. */
    byte[] toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws JsonProcessingException if the text is not that of such a file */
    static RunDescription fromJson(String text) throws JsonProcessingException {
        return JSON.readValue(text, RunDescription.class);
    }
}
