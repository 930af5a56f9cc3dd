package io.github.resnetspark.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the files of a model directory have it: one object, nothing behind it. */
final class BundleJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private BundleJson() {}

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    /**
     * The object that the text is.
     *
     * @param what the text is of, e.g. {@code the metrics}
     * @throws IllegalArgumentException if it is none
     */
    static ObjectNode requireObject(String text, String what) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + " are not JSON. Give one JSON object.", e);
        }
        throw new IllegalArgumentException(what + " are not a JSON object. Give one JSON object.");
    }
}
