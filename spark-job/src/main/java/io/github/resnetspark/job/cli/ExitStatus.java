package io.github.resnetspark.job.cli;

/** How a command ended, as a scheduler sees it. */
enum ExitStatus {
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

    int code() {
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
