package io.github.resnetspark.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.text.ShownText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a model comes from, as its {@code provenance.json} says.
 *
 * @param finished when its training ended; an empty text if it does not say
 * @param settings its recipe, and with prefixes its inputs and the software
 */
record ModelOrigin(String finished, Map<String, String> settings) {
    /** Of a checksum, which is only there to be told from another one. */
    private static final int DIGITS = 12;

    private static final String CHECKSUM = "Sha256";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing if there is no such text, or it cannot be read. */
    static Optional<ModelOrigin> of(Optional<String> provenanceJson) {
        return provenanceJson.flatMap(ModelOrigin::read);
    }

    private static Optional<ModelOrigin> read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, String> settings = new TreeMap<>();
            add(settings, "", json.path("settings"));
            add(settings, "inputs.", json.path("inputs"));
            add(settings, "software.", json.path("software"));
            return Optional.of(
                    new ModelOrigin(ShownText.start(json.path("finished").asText()), settings));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** When its training ended, to the minute and in UTC. */
    String minute() {
        return finished.replaceFirst("^([0-9-]{10})T([0-9:]{5}).*$", "$1 $2");
    }

    private static void add(Map<String, String> settings, String prefix, JsonNode values) {
        values.fields()
                .forEachRemaining(value -> settings.put(
                        prefix + ShownText.start(value.getKey()),
                        shown(value.getKey(), value.getValue().asText())));
    }

    private static String shown(String name, String value) {
        return name.endsWith(CHECKSUM) && value.length() > DIGITS
                ? ShownText.start(value.substring(0, DIGITS) + "…")
                : ShownText.words(value);
    }
}
