package io.github.resnetspark.job.cli.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.text.ShownText;

/**
 * The result of a command.
 *
 * @param status how it ended
 * @param report what {@code --json} prints: a map or a record
 * @param text the same for people
 */
public record Outcome(ExitStatus status, Object report, String text) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The result of a command that succeeded. */
    public static Outcome done(Object report, String text) {
        return new Outcome(ExitStatus.DONE, report, text);
    }

    /** A map or record on one line, without line separators of any kind and without passwords in URIs. */
    static String json(Object report) {
        try {
            return ShownText.line(MAPPER.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    /** How a command ended, as a scheduler sees it. */
    public enum ExitStatus {
        /** Success. */
        DONE(0),
        /** The command started and failed. */
        FAILED(1),
        /** Nothing was started: the command line, the recipe or something that they refer to is wrong. */
        REFUSED(2),
        /** There was nothing to do. */
        NOTHING_TO_DO(3),
        /** The model is not good enough, and the current version did not change. */
        NOT_PROMOTED(3);

        private final int code;

        ExitStatus(int code) {
            this.code = code;
        }

        /** The exit code of the process. */
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
