package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The origin of a model.
 *
 * @param command that created it, e.g. {@code train}
 * @param started when the run started; it may have been interrupted and resumed since
 * @param finished when only writing the model was left to do
 * @param inputs locations and checksums of the inputs, by name
 * @param settings the recipe, defaults included, by key; empty if there was none
 * @param software versions that this module does not know, by name
 */
public record Provenance(
        String command,
        Instant started,
        Instant finished,
        Map<String, String> inputs,
        Map<String, String> settings,
        Map<String, String> software) {
    private static final int VERSION = 1;

    public Provenance {
        inputs = Map.copyOf(inputs);
        settings = Map.copyOf(settings);
        software = Map.copyOf(software);
    }

    /** The text of {@code provenance.json}, sorted by name. */
    public String toJson() {
        ObjectNode json = BundleJson.empty();
        json.put("formatVersion", VERSION);
        json.put("command", command);
        json.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("finished", finished.truncatedTo(ChronoUnit.SECONDS).toString());
        new TreeMap<>(inputs).forEach(json.putObject("inputs")::put);
        new TreeMap<>(settings).forEach(json.putObject("settings")::put);
        Map<String, String> versions = ownSoftware();
        versions.putAll(software);
        versions.forEach(json.putObject("software")::put);
        return json.toPrettyString() + "\n";
    }

    private static Map<String, String> ownSoftware() {
        Properties properties = new Properties();
        try (InputStream in = Provenance.class.getResourceAsStream("versions.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> versions = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> versions.put(name, properties.getProperty(name)));
        versions.put("java", System.getProperty("java.version"));
        return versions;
    }
}
