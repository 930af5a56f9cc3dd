package io.github.resnetspark.job.run;

/**
 * When to end a run that gets no better (Prechelt, «Early Stopping – But When?», 1998).
 *
 * @param patience validations in a row without a better top-1 that end the run; 0 for never
 * @param delta how much better counts as better, as a share of the pictures
 */
public record EarlyStop(int patience, double delta) {
    /** A run goes on to its last epoch. */
    public static final EarlyStop NEVER = new EarlyStop(0, 0);

    /**
     * How a run does.
     *
     * @param top1 of the last validation that counted as better; below 0 before the first
     * @param without validations since then
     */
    record Progress(double top1, int without) {
        static final Progress NONE = new Progress(-1, 0);
    }

    /** After one more validation. */
    Progress after(Progress before, double top1) {
        boolean better = before.top1 < 0 || top1 > before.top1 + delta;
        return better ? new Progress(top1, 0) : new Progress(before.top1, before.without + 1);
    }

    /** Whether the run is to end. */
    boolean isDue(Progress progress) {
        return patience > 0 && progress.without >= patience;
    }
}
