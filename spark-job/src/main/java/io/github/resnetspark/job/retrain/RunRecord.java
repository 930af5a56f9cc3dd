package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.file.AsideName;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.report.ReportKeeper;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The decisions and progress of a run, in {@code runs/<run id>}: {@code run.json} while it runs, {@code outcome.json} when it is
 * over. A rename replaces each file. Reading a damaged file throws a {@link RunsDirectory.DamagedRunException}.
 */
final class RunRecord {
    private static final String RUN = "run.json";
    private static final String OUTCOME = "outcome.json";
    private static final String REPORT = "report.md";
    private static final String PAGE = "report.html";
    private static final String SETTINGS = "settings";
    private static final String BEGUN = "begun";
    private static final String FROM = "startedFrom";
    private static final String SHARDS = "shards";
    private static final String COMPARED_ON = "comparedOn";
    private static final String PROMOTED = "promotedAs";
    private static final String MOVED = "currentMoved";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storage storage;
    private final Path directory;
    private final RunFile run;
    private final RunFile outcome;

    /** @param directory of the run */
    RunRecord(Storage storage, Path directory) {
        this.storage = storage;
        this.directory = directory;
        this.run = new RunFile(storage, new Path(directory, RUN));
        this.outcome = new RunFile(storage, new Path(directory, OUTCOME));
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

    Path page() {
        return new Path(directory, PAGE);
    }

    /** The page that the training of the run wrote, relative to the directory of the run; nothing if there is none. */
    Optional<String> trainingPage() throws IOException {
        Path training = new Path(Recipe.runDirectoryBeside(model()));
        return storage.exists(new Path(training, ReportKeeper.PAGE))
                ? Optional.of(training.getName() + "/" + ReportKeeper.PAGE)
                : Optional.empty();
    }

    /** How the run ended, if it is over. */
    Optional<ObjectNode> outcome() throws IOException {
        return outcome.read();
    }

    /** Whether the run is over and its model became this version. */
    boolean hasBecome(String version) throws IOException {
        JsonNode end = outcome.read().orElseGet(JSON::createObjectNode);
        return end.path("promoted").asBoolean()
                && version.equals(end.path("version").asText());
    }

    /**
     * Begins or resumes the run.
     *
     * @param settings that decide what is trained
     * @param from the version to start from; ignored if the run has begun
     * @param comparedOn the shards that models are compared on, if they are not those of the run
     * @throws RecipeException with every setting that has changed since the run began
     */
    void begin(String runId, NavigableMap<String, String> settings, Optional<String> from, Optional<URI> comparedOn)
            throws IOException {
        if (isBegun()) {
            requireSettings(runId, settings);
            return;
        }
        ObjectNode begin = JSON.createObjectNode()
                .put("runId", runId)
                .put(BEGUN, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(FROM, from.orElse(null))
                .put(COMPARED_ON, comparedOn.map(RunRecord::written).orElse(null));
        begin.set(SETTINGS, JSON.valueToTree(settings));
        run.write(begin);
    }

    boolean isBegun() throws IOException {
        return storage.exists(run.path());
    }

    /**
     * Refuses to resume the run or to return its result with another recipe.
     *
     * @throws RecipeException with every setting that has changed since the run began
     */
    void requireSettings(String runId, NavigableMap<String, String> settings) throws IOException {
        Optional<ObjectNode> known = run.read();
        if (known.isPresent()) {
            RunSettings.refuseOthers(runId, known.get().path(SETTINGS), settings);
        }
    }

    /** Whether the run has begun with these settings. */
    boolean isBegunWith(NavigableMap<String, String> settings) throws IOException {
        Optional<ObjectNode> known = run.read();
        return known.isPresent() && known.get().path(SETTINGS).equals(JSON.valueToTree(settings));
    }

    /** The last sign of life of a run that has begun: when its record or a checkpoint of its training was written. */
    Instant lastSign() throws IOException {
        long newest = storage.status(run.path()).getModificationTime();
        Path training = new Path(Recipe.runDirectoryBeside(model()));
        for (FileStatus checkpoint : storage.list(new Path(training, CheckpointDirectory.NAME))) {
            newest = Math.max(newest, checkpoint.getModificationTime());
        }
        return Instant.ofEpochMilli(newest);
    }

    /** The version that the run starts from; nothing if it starts from scratch. */
    Optional<String> from() throws IOException {
        return text(FROM);
    }

    /** The shards that the run trains on, once they are complete. */
    Optional<URI> shards() throws IOException {
        return text(SHARDS).map(URI::create);
    }

    void noteShards(URI shards) throws IOException {
        run.write(begun().put(SHARDS, written(shards)));
    }

    /** A URI with an escaped path, for {@link URI#create}. Without a password, which must not be in a file. */
    static String written(URI place) {
        return UriText.withoutPassword(place).toString();
    }

    /**
     * Records the shards before anything is prepared: from now on, no other run deletes them.
     *
     * @param writes whether this or another run writes them, as opposed to something else
     */
    void notePreparation(URI shards, boolean writes) throws IOException {
        ObjectNode known = begun();
        new PreparedShards(shards, writes).noteIn(known);
        run.write(known);
    }

    /** All shards that this or another run wrote, finished or not. */
    List<URI> written() throws IOException {
        return prepared()
                .filter(PreparedShards::written)
                .map(PreparedShards::place)
                .toList();
    }

    private Stream<PreparedShards> prepared() throws IOException {
        return PreparedShards.in(run.read().orElseGet(JSON::createObjectNode)).stream();
    }

    /** All shards that the run needs. */
    List<URI> needed() throws IOException {
        List<URI> needed = new ArrayList<>(prepared().map(PreparedShards::place).toList());
        for (String key : List.of(SHARDS, COMPARED_ON)) {
            text(key).map(URI::create).ifPresent(needed::add);
        }
        return needed;
    }

    /**
     * The version that the run's model became; nothing if it was never the current one.
     *
     * @param moved when {@code CURRENT} was last updated
     */
    Optional<String> promotedAs(Instant moved) throws IOException {
        // Not updated since the run was about to do so: it was killed before that.
        return text(MOVED).equals(Optional.of(moved.toString())) ? Optional.empty() : text(PROMOTED);
    }

    /**
     * Records the promotion before {@code CURRENT} is updated. If the run is killed right after the update and the promotion is then
     * rolled back, the resumed run must not promote again.
     *
     * @param moved when it was last updated before that
     */
    void noteIntention(String version, Instant moved) throws IOException {
        run.write(begun().put(PROMOTED, version).put(MOVED, moved.toString()));
    }

    /** Records that {@code CURRENT} names the version. */
    void notePromotion(String version) throws IOException {
        ObjectNode known = begun().put(PROMOTED, version);
        known.remove(MOVED);
        run.write(known);
    }

    /** Deletes partly written files of a run that was killed. */
    void removeLeftovers() throws IOException {
        for (FileStatus file : storage.list(directory)) {
            if (AsideName.target(file.getPath().getName())
                    .filter(List.of(RUN, OUTCOME, REPORT, PAGE)::contains)
                    .isPresent()) {
                storage.delete(file.getPath());
            }
        }
    }

    /** Ends the run. */
    void end(ObjectNode result, String report) throws IOException {
        new AtomicFile(storage, report()).replace(report.getBytes(StandardCharsets.UTF_8));
        end(result);
    }

    /** Corrects how the run ended. */
    void end(ObjectNode result) throws IOException {
        outcome.write(result);
    }

    private Optional<String> text(String key) throws IOException {
        JsonNode value = run.read().orElseGet(JSON::createObjectNode).path(key);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private ObjectNode begun() throws IOException {
        return run.read().orElseThrow();
    }
}
