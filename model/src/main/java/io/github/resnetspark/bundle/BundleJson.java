package io.github.resnetspark.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.message.model.BundleFailures;

/** JSON in the files of a model directory: one object and nothing after it. */
final class BundleJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private BundleJson() {}

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    /**
     * Parses one JSON object.
     *
     * @param file the name of the file that contains the text, for the message
     * @throws IllegalArgumentException if the text is anything else
     */
    static ObjectNode requireObject(String text, String file) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(BundleFailures.notAJsonObject(file), e);
        }
        throw new IllegalArgumentException(BundleFailures.notAJsonObject(file));
    }
}
