package io.github.resnetspark.job.cli.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.text.ShownText;

/**
 * What a command reports.
 *
 * @param status how it ended
 * @param report what {@code --json} prints: a map or a record
 * @param text what people read instead
 */
public record Outcome(ExitStatus status, Object report, String text) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** That of a command that did everything asked for. */
    public static Outcome done(Object report, String text) {
        return new Outcome(ExitStatus.DONE, report, text);
    }

    /** Maps and records on one line, whatever a reader takes for the end of one, and without passwords of URIs. */
    static String json(Object report) {
        try {
            return ShownText.line(MAPPER.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    /** How a command ended, as a scheduler sees it. */
    public enum ExitStatus {
        /** Everything asked for was done. */
        DONE(0),
        /** The run began and failed. */
        FAILED(1),
        /** Nothing was begun: the command line, the recipe or what they point at is wrong. */
        REFUSED(2),
        /** Nothing had to be done. */
        NOTHING_TO_DO(3),
        /** A model was found not to be good enough, and what was current still is. */
        NOT_PROMOTED(3);

        private final int code;

        ExitStatus(int code) {
            this.code = code;
        }

        /** What the process ends with. */
        public int code() {
            return code;
        }

        /** The word for it in the file of {@code --result}. */
        String word() {
            return switch (this) {
                case DONE -> "done";
                case FAILED -> "failed";
                case REFUSED -> "refused";
                case NOTHING_TO_DO -> "nothing to do";
                case NOT_PROMOTED -> "not promoted";
            };
        }
    }
}
