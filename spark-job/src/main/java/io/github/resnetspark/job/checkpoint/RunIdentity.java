package io.github.resnetspark.job.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.job.CheckpointFailures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * The settings and data of a run. Two runs with equal identities give the same result.
 *
 * @param settings every setting that affects the result, by name
 * @param manifestSha256 SHA-256 of the shards' manifest
 */
public record RunIdentity(NavigableMap<String, String> settings, String manifestSha256) {
    private static final String EPOCHS = "train.epochs";
    private static final String NOT_THERE = "not set";

    public RunIdentity {
        settings = Collections.unmodifiableNavigableMap(new TreeMap<>(settings));
    }

    /** The settings as text: lines of {@code name = value}, sorted by name. */
    public String text() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The SHA-256 of {@link #text()}. */
    public String settingsSha256() {
        return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
    }

    /** Parses the result of {@link #text()}. */
    static RunIdentity parse(String text, String manifestSha256) {
        NavigableMap<String, String> settings = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf(" = ");
            if (equals > 0) {
                settings.put(line.substring(0, equals), line.substring(equals + 3));
            }
        });
        return new RunIdentity(settings, manifestSha256);
    }

    /**
     * Messages about why this run cannot be resumed with another identity; empty if it can. Only {@code train.epochs}
     * may change, and only to a larger value.
     *
     * @param now identity of the run that is to resume this one
     * @param place directory of this run, for the messages
     */
    public List<String> refusals(RunIdentity now, String place) {
        List<String> refusals = new ArrayList<>();
        for (Change change : changes(now)) {
            if (!change.name().equals(EPOCHS)) {
                refusals.add(CheckpointFailures.settingChanged(change.name(), change.before(), change.wanted(), place));
            } else if (!isLarger(change.wanted(), change.before())) {
                refusals.add(CheckpointFailures.epochsLowered(change.name(), change.before(), change.wanted(), place));
            }
        }
        if (!manifestSha256.equals(now.manifestSha256)) {
            refusals.add(CheckpointFailures.dataChanged(manifestSha256, now.manifestSha256, place));
        }
        return refusals;
    }

    /**
     * Messages about how another run would differ from the one that trained a finished model; empty if it would not.
     *
     * @param now identity of the other run
     * @param model the model that was trained with this identity
     */
    public List<String> differences(RunIdentity now, Path model) {
        List<String> differences = new ArrayList<>();
        for (Change change : changes(now)) {
            differences.add(CheckpointFailures.modelSettingDiffers(
                    change.name(), change.before(), change.wanted(), model.toString()));
        }
        if (!manifestSha256.equals(now.manifestSha256)) {
            differences.add(CheckpointFailures.modelDataDiffers(manifestSha256, now.manifestSha256, model.toString()));
        }
        return differences;
    }

    private List<Change> changes(RunIdentity now) {
        return Change.between(settings, now.settings);
    }

    private static boolean isLarger(String wanted, String before) {
        return Integer.parseInt(wanted) > Integer.parseInt(before);
    }

    /**
     * A setting whose value has changed.
     *
     * @param name key of the setting
     * @param before old value, or {@code not set}
     * @param wanted new value, or {@code not set}
     */
    public record Change(String name, String before, String wanted) {
        /** All changes, sorted by name. */
        public static List<Change> between(Map<String, String> before, Map<String, String> wanted) {
            NavigableSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(wanted.keySet());
            return names.stream()
                    .map(name -> new Change(
                            name, before.getOrDefault(name, NOT_THERE), wanted.getOrDefault(name, NOT_THERE)))
                    .filter(change -> !change.before().equals(change.wanted()))
                    .toList();
        }

        /** The same, with the old settings as a JSON object. */
        public static List<Change> between(JsonNode before, Map<String, String> wanted) {
            Map<String, String> known = new HashMap<>();
            before.fields()
                    .forEachRemaining(setting ->
                            known.put(setting.getKey(), setting.getValue().asText(NOT_THERE)));
            return between(known, wanted);
        }
    }
}
