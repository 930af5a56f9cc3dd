package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a run has decided and done so far, in {@code runs/<run id>}: {@code run.json} while it lasts, {@code outcome.json} when
 * it is over. Both are replaced by a rename.
 */
final class RunRecord {
    private static final String RUN = "run.json";
    private static final String OUTCOME = "outcome.json";
    private static final String REPORT = "report.md";
    private static final String SETTINGS = "settings";
    private static final String BEGUN = "begun";
    private static final String FROM = "startedFrom";
    private static final String SHARDS = "shards";
    private static final String PREPARING = "preparing";
    private static final String WRITES = "writesShards";
    private static final String COMPARED_ON = "comparedOn";
    private static final String PROMOTED = "promotedAs";
    private static final String LEFTOVER = "\\.(run\\.json|outcome\\.json|report\\.md)\\.writing-.*";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storage storage;
    private final Path directory;

    /** @param directory of the run */
    RunRecord(Storage storage, Path directory) {
        this.storage = storage;
        this.directory = directory;
    }

    /** Where the model of the run is trained. */
    URI model() {
        return new Path(directory, "model").toUri();
    }

    Path directory() {
        return directory;
    }

    Path report() {
        return new Path(directory, REPORT);
    }

    /** How the run ended, if it has. */
    Optional<ObjectNode> outcome() throws IOException {
        return read(OUTCOME);
    }

    /**
     * Begins the run, or goes on with it.
     *
     * @param settings that decide what is trained
     * @param from the version to start from; what the run began with holds
     * @param comparedOn shards beside those of the run, if models are compared on such
     * @throws RecipeException with every setting that was another one when the run began
     */
    void begin(String runId, NavigableMap<String, String> settings, Optional<String> from, Optional<URI> comparedOn)
            throws IOException {
        if (isBegun()) {
            requireSettings(runId, settings);
            return;
        }
        ObjectNode run = JSON.createObjectNode()
                .put("runId", runId)
                .put(BEGUN, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(FROM, from.orElse(null))
                .put(COMPARED_ON, comparedOn.map(URI::toString).orElse(null));
        run.set(SETTINGS, JSON.valueToTree(settings));
        write(RUN, run);
    }

    boolean isBegun() throws IOException {
        return storage.exists(new Path(directory, RUN));
    }

    /**
     * Refuses to go on, or to tell how the run ended, with another recipe.
     *
     * @throws RecipeException with every setting that was another one when the run began
     */
    void requireSettings(String runId, NavigableMap<String, String> settings) throws IOException {
        Optional<ObjectNode> begun = read(RUN);
        if (begun.isPresent()) {
            RunSettings.refuseOthers(runId, begun.get().path(SETTINGS), settings);
        }
    }

    /** When the run was begun, if it was, and with these settings. */
    Optional<Instant> begunWith(NavigableMap<String, String> settings) throws IOException {
        Optional<ObjectNode> run = read(RUN);
        return run.isPresent() && run.get().path(SETTINGS).equals(JSON.valueToTree(settings))
                ? Optional.of(Instant.parse(run.get().path(BEGUN).asText()))
                : Optional.empty();
    }

    /** The version that the run starts from; nothing for none. */
    Optional<String> from() throws IOException {
        return text(FROM);
    }

    /** The shards that the run trains on, once they are there. */
    Optional<URI> shards() throws IOException {
        return text(SHARDS).map(URI::create);
    }

    void noteShards(URI shards) throws IOException {
        write(RUN, read(RUN).orElseThrow().put(SHARDS, shards.toString()));
    }

    /**
     * To be noted before anything is prepared: nobody is to delete the shards from now on.
     *
     * @param writes whether they are this run's, or another one's, and not there for other reasons
     */
    void notePreparation(URI shards, boolean writes) throws IOException {
        write(RUN, read(RUN).orElseThrow().put(PREPARING, shards.toString()).put(WRITES, writes));
    }

    /** The shards that this run or another one wrote, and nobody else; nothing if there are none. */
    Optional<URI> written() throws IOException {
        boolean writes = read(RUN).map(run -> run.path(WRITES).asBoolean()).orElse(false);
        return writes ? text(PREPARING).map(URI::create) : Optional.empty();
    }

    /** All shards that the run needs. */
    List<URI> needed() throws IOException {
        List<URI> needed = new ArrayList<>();
        for (String key : List.of(PREPARING, SHARDS, COMPARED_ON)) {
            text(key).map(URI::create).ifPresent(needed::add);
        }
        return needed;
    }

    /** The version that the run's model became; nothing if it never was the current one. */
    Optional<String> promotedAs() throws IOException {
        return text(PROMOTED);
    }

    void notePromotion(String version) throws IOException {
        write(RUN, read(RUN).orElseThrow().put(PROMOTED, version));
    }

    /** Deletes what was being written when the run was killed. */
    void removeLeftovers() throws IOException {
        for (FileStatus file : storage.list(directory)) {
            if (file.getPath().getName().matches(LEFTOVER)) {
                storage.delete(file.getPath());
            }
        }
    }

    /** Ends the run. */
    void end(ObjectNode outcome, String report) throws IOException {
        put(REPORT, report);
        write(OUTCOME, outcome);
    }

    private Optional<String> text(String key) throws IOException {
        JsonNode value = read(RUN).orElseGet(JSON::createObjectNode).path(key);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private Optional<ObjectNode> read(String name) throws IOException {
        try {
            return Optional.of((ObjectNode) JSON.readTree(storage.read(new Path(directory, name))));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private void write(String name, ObjectNode json) throws IOException {
        put(name, json.toPrettyString() + "\n");
    }

    private void put(String name, String text) throws IOException {
        storage.replace(new Path(directory, name), text.getBytes(StandardCharsets.UTF_8));
    }
}
