package io.github.resnetspark.job.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/**
 * One line of a registry's table.
 *
 * @param version its number
 * @param state whether readers use it
 * @param written when, in UTC
 * @param bytes of all its files
 * @param network its name, for people
 * @param examples pictures that its top-1 was measured on when it was trained; nothing if it was not measured
 * @param top1 the share of them that it got right, 0 to 1; nothing if it was not measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionSummary(
        String version, State state, String written, long bytes, String network, Long examples, Double top1) {
    /** Whether readers use a version. */
    public enum State {
        /** They do. */
        CURRENT,
        /** They did, and a rollback makes them do so again. */
        PREVIOUS,
        /** They do not. */
        KEPT;

        /** As JSON has it. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All versions, the newest first. */
    public static List<VersionSummary> of(Registry registry) throws IOException {
        Optional<String> current = registry.current();
        Optional<String> predecessor = registry.predecessor();
        List<VersionSummary> summaries = new ArrayList<>();
        for (String version : registry.versions()) {
            State state = Optional.of(version).equals(current)
                    ? State.CURRENT
                    : Optional.of(version).equals(predecessor) ? State.PREVIOUS : State.KEPT;
            summaries.add(0, of(registry, version, state));
        }
        return summaries;
    }

    private static VersionSummary of(Registry registry, String version, State state) throws IOException {
        List<FileStatus> files = registry.store().files(version);
        long newest =
                files.stream().mapToLong(FileStatus::getModificationTime).max().orElse(0);
        JsonNode validation = json(registry, version, "metrics.json").path("validation");
        return new VersionSummary(
                version,
                state,
                Instant.ofEpochMilli(newest).truncatedTo(ChronoUnit.SECONDS).toString(),
                files.stream().mapToLong(FileStatus::getLen).sum(),
                json(registry, version, "model.json").path("name").asText("?"),
                validation.path("examples").isNumber()
                        ? validation.path("examples").asLong()
                        : null,
                validation.path("top1").isNumber() ? validation.path("top1").asDouble() : null);
    }

    /** A damaged file only leaves gaps in the table. */
    private static JsonNode json(Registry registry, String version, String name) throws IOException {
        Optional<byte[]> bytes = registry.store().read(version, name);
        try {
            return bytes.isPresent() ? JSON.readTree(bytes.get()) : JSON.createObjectNode();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
