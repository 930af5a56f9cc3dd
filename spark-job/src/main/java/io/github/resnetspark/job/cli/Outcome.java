package io.github.resnetspark.job.cli;

/**
 * What a command reports.
 *
 * @param status how it ended
 * @param report what {@code --json} prints: a map or a record
 * @param text what people read instead
 */
record Outcome(ExitStatus status, Object report, String text) {

    static Outcome done(Object report, String text) {
        return new Outcome(ExitStatus.DONE, report, text);
    }
}
