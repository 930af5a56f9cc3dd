package io.github.resnetspark.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.recipe.ShownText;

/** Writes reports as JSON. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Maps and records on one line, whatever a reader takes for the end of one, and without passwords of URIs. */
    static String text(Object report) {
        try {
            return ShownText.line(MAPPER.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }
}
