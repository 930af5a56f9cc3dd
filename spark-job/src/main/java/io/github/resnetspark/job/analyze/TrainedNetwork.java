package io.github.resnetspark.job.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.checkpoint.RunIdentity.Change;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A model that an earlier run of an analysis has trained, and its settings. */
final class TrainedNetwork {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROVENANCE = "provenance.json";
    /** Not a setting, but recorded with them. */
    private static final String INIT_FROM = "--init-from";

    private final Path path;
    private final JsonNode provenance;
    private final Configuration configuration;

    private TrainedNetwork(Path path, JsonNode provenance, Configuration configuration) {
        this.path = path;
        this.provenance = provenance;
        this.configuration = configuration;
    }

    /** The model of a directory; nothing if there is none yet. */
    static Optional<TrainedNetwork> find(URI directory, Configuration configuration) throws IOException {
        Storage storage = Storage.of(configuration);
        Path path = new Path(directory);
        if (!storage.exists(new Path(path, Bundle.CHECK_SUMS))) {
            return Optional.empty();
        }
        byte[] text = storage.read(new Path(path, PROVENANCE));
        return Optional.of(
                new TrainedNetwork(path, JSON.readTree(new String(text, StandardCharsets.UTF_8)), configuration));
    }

    /** Why a recipe would produce another network; empty if it would produce this one. */
    List<String> refusals(Recipe recipe) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (Change change : Change.between(provenance.path("settings"), recipe.settings())) {
            if (!change.name().equals(INIT_FROM)) {
                refusals.add(AnalysisFailures.trainedDifferently(
                        change.name(), change.wanted(), path.toString(), change.before()));
            }
        }
        Path shards = new Path(recipe.shards().orElseThrow());
        ShardDirectory directory = new ShardDirectory(shards, configuration);
        String manifest = directory.storage().sha256(directory.file(ShardDirectory.MANIFEST));
        if (!manifest.equals(provenance.path("inputs").path("manifestSha256").asText())) {
            refusals.add(AnalysisFailures.trainedOnOtherShards(shards.toString(), path.toString()));
        }
        return refusals;
    }
}
