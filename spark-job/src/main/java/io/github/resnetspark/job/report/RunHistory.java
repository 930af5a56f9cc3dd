package io.github.resnetspark.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.RunEvent;
import io.github.resnetspark.job.metrics.RunEvent.What;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.Amounts;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The rounds and validations of a run, in order: read from {@code metrics.jsonl}, or heard while it trains. */
final class RunHistory implements TrainingListener {
    private static final ObjectMapper JSON = new ObjectMapper()
            // Lines have their type and, in later releases, more.
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL, true);

    private final List<RoundPoint> rounds = new ArrayList<>();
    private final List<ValidationMetrics> validations = new ArrayList<>();
    private final List<TrainingError> trainingErrors = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private String newestLine;

    /** Reads the lines of a file. An incomplete last line, which a killed process may leave, is passed over. */
    static RunHistory read(Storage storage, Path metrics) throws IOException {
        RunHistory history = new RunHistory();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(storage.read(metrics)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                history.add(line);
            }
        }
        return history;
    }

    private void add(String line) {
        try {
            JsonNode metrics = JSON.readTree(line);
            if (metrics.hasNonNull("time")) {
                newestLine = metrics.get("time").asText();
            }
            switch (metrics.path("type").asText()) {
                case "round" -> onRound(JSON.treeToValue(metrics, RoundMetrics.class));
                case "validation" -> onValidation(JSON.treeToValue(metrics, ValidationMetrics.class));
                case "event" -> onEvent(JSON.treeToValue(metrics, RunEvent.class));
                case "training-error" -> onTrainingError(JSON.treeToValue(metrics, TrainingError.class));
                default -> {}
            }
        } catch (JsonProcessingException e) {
            // The last line of a process that was killed.
        }
    }

    @Override
    public void onRound(RoundMetrics metrics) {
        add(RoundPoint.of(metrics));
    }

    void add(RoundPoint round) {
        rounds.add(round);
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        validations.add(metrics);
    }

    @Override
    public void onEvent(RunEvent event) {
        events.add(event);
    }

    @Override
    public void onTrainingError(TrainingError metrics) {
        trainingErrors.add(metrics);
    }

    List<RoundPoint> rounds() {
        return Collections.unmodifiableList(rounds);
    }

    List<ValidationMetrics> validations() {
        return Collections.unmodifiableList(validations);
    }

    List<RunEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** When the newest line was written that was read from the file. Empty if none has a time, as in the first releases. */
    Optional<String> newestLine() {
        return Optional.ofNullable(newestLine);
    }

    /** Executors that were lost. */
    int executorsLost() {
        return count(What.EXECUTOR_LOST);
    }

    /** How often the run was resumed. */
    int interruptions() {
        return count(What.RESUMED);
    }

    /** Both in words. */
    String happened() {
        return happened(executorsLost(), interruptions());
    }

    static String happened(int executorsLost, int interruptions) {
        return Amounts.counted(executorsLost, "executor") + " lost, resumed " + Amounts.counted(interruptions, "time");
    }

    private int count(What what) {
        return (int) events.stream().filter(event -> event.what() == what).count();
    }

    List<TrainingError> trainingErrors() {
        return Collections.unmodifiableList(trainingErrors);
    }
}
