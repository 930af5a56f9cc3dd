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
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
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
     * @throws RecipeException with every setting that was another one when the run began
     */
    void begin(String runId, NavigableMap<String, String> settings, Optional<String> from) throws IOException {
        Optional<ObjectNode> begun = read(RUN);
        if (begun.isPresent()) {
            refuseOthers(runId, begun.get().path(SETTINGS), settings);
            return;
        }
        ObjectNode run = JSON.createObjectNode()
                .put("runId", runId)
                .put(BEGUN, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(FROM, from.orElse(null));
        run.set(SETTINGS, JSON.valueToTree(settings));
        write(RUN, run);
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

    /** Ends the run. */
    void end(ObjectNode outcome, String report) throws IOException {
        put(REPORT, report);
        write(OUTCOME, outcome);
    }

    private static void refuseOthers(String runId, JsonNode begun, NavigableMap<String, String> now) {
        NavigableSet<String> names = new TreeSet<>(now.keySet());
        begun.fieldNames().forEachRemaining(names::add);
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            String before = begun.path(name).asText("not set");
            String wanted = now.getOrDefault(name, "not set");
            if (!before.equals(wanted)) {
                problems.add(name + " is " + wanted + " but the run " + runId + " was begun with " + before
                        + ". Set it back to go on with that run, or give another --run-id.");
            }
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
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
        Path aside = new Path(directory, "." + name + ".writing-" + UUID.randomUUID());
        try {
            try (FSDataOutputStream out = storage.create(aside)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.hsync();
            }
            storage.rename(aside, new Path(directory, name));
        } finally {
            storage.delete(aside);
        }
    }
}
