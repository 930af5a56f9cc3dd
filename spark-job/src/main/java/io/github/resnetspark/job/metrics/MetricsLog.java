package io.github.resnetspark.job.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.storage.AbandonedFile;
import io.github.resnetspark.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * {@code metrics.jsonl}: one JSON object per line, with {@code "type": "round"} and the fields of {@link RoundMetrics},
 * {@code "type": "validation"} and those of {@link ValidationMetrics}, {@code "type": "training-error"} and those of
 * {@link TrainingListener.TrainingError}, or {@code "type": "event"} and those of {@link RunEvent}. The last field of every line is
 * the {@code time} at which it was written. Every line is readable as soon as it is written.
 */
public final class MetricsLog implements TrainingListener, Closeable {
    /** File name of the metrics in the run directory. */
    public static final String FILE = "metrics.jsonl";

    private static final String EVENT = "event";
    private static final String TIME = "time";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FSDataOutputStream out;
    private final Optional<String> interrupted;

    private MetricsLog(FSDataOutputStream out, Optional<String> interrupted) {
        this.out = out;
        this.interrupted = interrupted;
    }

    /** Starts the metrics of a run. Overwrites an older file of that name. */
    public static MetricsLog create(Storage storage, Path file) throws IOException {
        return new MetricsLog(storage.create(file), Optional.empty());
    }

    /**
     * Appends to the metrics of a run that is resumed from a position. Lines of later rounds are dropped, because these
     * rounds are repeated and every example should count once. Events stay.
     */
    public static MetricsLog continueFrom(Storage storage, Path file, Position position) throws IOException {
        Path aside = file.suffix(".writing");
        FSDataOutputStream out = storage.create(aside);
        Optional<String> newest = Optional.empty();
        if (storage.exists(file)) {
            // The process that wrote the file may have been killed, and its DataNode restarted.
            AbandonedFile.close(storage, file);
            for (String line : new String(storage.read(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                JsonNode metrics = parsed(line);
                newest =
                        metrics.hasNonNull(TIME) ? Optional.of(metrics.get(TIME).asText()) : newest;
                if (stays(metrics, position)) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        out.hflush();
        storage.rename(aside, file);
        return new MetricsLog(out, newest);
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // The incomplete last line of a killed process.
        }
    }

    private static boolean stays(JsonNode metrics, Position position) {
        if (metrics.path("type").asText().equals(EVENT)) {
            return true;
        }
        // Lines count epochs from 1. A position counts epochs that are complete, including their validation.
        int epoch = metrics.path("epoch").asInt() - 1;
        return (!metrics.isMissingNode() && epoch < position.epoch())
                || (metrics.path("type").asText().equals("round")
                        && epoch == position.epoch()
                        && metrics.path("position").asLong() <= position.example());
    }

    /** When the newest line of the interrupted run was written. Empty for a new run, or if its lines have no times. */
    public Optional<String> interrupted() {
        return interrupted;
    }

    @Override
    public void onRound(RoundMetrics metrics) {
        write("round", metrics);
    }

    @Override
    public void onTrainingError(TrainingListener.TrainingError metrics) {
        write("training-error", metrics);
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        write("validation", metrics);
    }

    @Override
    public void onEvent(RunEvent event) {
        write(EVENT, event);
    }

    private void write(String type, Object metrics) {
        ObjectNode line = JSON.createObjectNode().put("type", type);
        line.setAll(JSON.<ObjectNode>valueToTree(metrics));
        if (!line.has(TIME)) {
            line.put(TIME, RunEvent.instant(Instant.now()));
        }
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.hflush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
