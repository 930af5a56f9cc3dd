package io.github.resnetspark.job.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The complete model that a training has left in the model directory, compared with what a run would train there now.
 */
public final class FinishedModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROVENANCE = "provenance.json";
    private static final String FIGURES = "metrics.json";

    private final ModelDirectory model;
    private final Storage storage;
    private final Path path;
    private final Path run;
    private final List<String> differences;

    private FinishedModel(ModelDirectory model, Storage storage, Path path, Path run, List<String> differences) {
        this.model = model;
        this.storage = storage;
        this.path = path;
        this.run = run;
        this.differences = differences;
    }

    /**
     * Finds the model in the recipe's model directory. Empty if there is none, if it was not made by a training, or if
     * the recipe's shards cannot be compared with its own.
     *
     * @param recipe with {@code data.shards} and {@code model.dir}
     * @param initFrom as of {@link TrainingJob#run}
     */
    public static Optional<FinishedModel> find(Recipe recipe, Optional<URI> initFrom, Configuration configuration)
            throws IOException {
        Path path = new Path(recipe.modelDirectory().orElseThrow());
        ModelDirectory model = new ModelDirectory(path.toUri(), configuration);
        if (!model.holdsModel()) {
            return Optional.empty();
        }
        Storage storage = Storage.of(configuration);
        ShardDirectory shards = new ShardDirectory(new Path(recipe.shards().orElseThrow()), configuration);
        try {
            JsonNode provenance = JSON.readTree(storage.read(new Path(path, PROVENANCE)));
            if (!provenance.path("command").asText().equals(TrainingJob.COMMAND)) {
                return Optional.empty();
            }
            TreeMap<String, String> settings = new TreeMap<>();
            provenance
                    .path("settings")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
            RunIdentity made = new RunIdentity(
                    settings,
                    provenance.path("inputs").path(TrainingJob.MANIFEST_SHA256).asText());
            return Optional.of(new FinishedModel(
                    model,
                    storage,
                    path,
                    new Path(recipe.runDirectory().orElseThrow()),
                    made.differences(TrainingJob.identity(recipe, shards, initFrom), path)));
        } catch (FileNotFoundException | NoFileSystemException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Messages about all differences to the model that the run would make; empty if there are none. */
    public List<String> differences() {
        return differences;
    }

    /** The report of the run that made it: locations and figures. */
    public ObjectNode toJson() throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("model", model.toString())
                .put("metrics", new Path(run, MetricsLog.FILE).toString());
        json.setAll(
                (ObjectNode) JSON.readTree(new String(storage.read(new Path(path, FIGURES)), StandardCharsets.UTF_8)));
        return json;
    }
}
