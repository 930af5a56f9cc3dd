package io.github.resnetspark.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;

/** Writes reports as JSON. */
final class Json {
    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /** Maps and records on one line, whatever it is that the reader takes for the end of one. */
    static String text(Object report) {
        try {
            return MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory().setCharacterEscapes(new LineEnds());
        return mapper;
    }

    /** Escapes what Python's {@code splitlines}, YAML and JavaScript take for the end of a line, though JSON does not. */
    private static final class LineEnds extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            return standardAsciiEscapesForJSON();
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            int type = Character.getType(character);
            return type == Character.CONTROL
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR
                    ? new SerializedString(String.format(Locale.ROOT, "\\u%04X", character))
                    : null;
        }
    }
}
