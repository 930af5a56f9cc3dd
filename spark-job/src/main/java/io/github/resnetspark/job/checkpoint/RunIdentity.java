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
 * What a run was started with: two runs that agree in it compute the same.
 *
 * @param settings every setting that has an effect on the result, by name
 * @param manifestSha256 of the text of the shards' manifest
 */
public record RunIdentity(NavigableMap<String, String> settings, String manifestSha256) {
    private static final String EPOCHS = "train.epochs";
    private static final String NOT_THERE = "not set";

    public RunIdentity {
        settings = Collections.unmodifiableNavigableMap(new TreeMap<>(settings));
    }

    /** The settings as text, {@code name = value} to a line in the order of the names. */
    public String text() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Of {@link #text()}. */
    public String settingsSha256() {
        return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text()} gave. */
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
     * Why this run cannot be continued as another one; nothing if it can. Only {@code train.epochs} may grow.
     *
     * @param now what the run that would continue is started with
     * @param place of this run, for the messages
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
     * How a finished model is not what another run would make; nothing if it is.
     *
     * @param now what that run is started with
     * @param model trained with this
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
     * A setting that is another one than before.
     *
     * @param name its key
     * @param before what it was, or {@code not set}
     * @param wanted what it is, or {@code not set}
     */
    public record Change(String name, String before, String wanted) {
        /** All of them, in the order of their names. */
        public static List<Change> between(Map<String, String> before, Map<String, String> wanted) {
            NavigableSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(wanted.keySet());
            return names.stream()
                    .map(name -> new Change(
                            name, before.getOrDefault(name, NOT_THERE), wanted.getOrDefault(name, NOT_THERE)))
                    .filter(change -> !change.before().equals(change.wanted()))
                    .toList();
        }

        /** The same where the earlier ones were written as a JSON object. */
        public static List<Change> between(JsonNode before, Map<String, String> wanted) {
            Map<String, String> known = new HashMap<>();
            before.fields()
                    .forEachRemaining(setting ->
                            known.put(setting.getKey(), setting.getValue().asText(NOT_THERE)));
            return between(known, wanted);
        }
    }
}
