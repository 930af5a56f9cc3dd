package io.github.resnetspark.job.run;

/**
 * When to stop a run that no longer improves (Prechelt, "Early Stopping – But When?", 1998).
 *
 * @param patience number of consecutive validations without a better top-1 after which the run stops; 0 for never
 * @param delta minimum improvement, as a fraction of the pictures
 */
public record EarlyStop(int patience, double delta) {
    /** No early stopping. */
    public static final EarlyStop NEVER = new EarlyStop(0, 0);

    /**
     * The validations of a run so far.
     *
     * @param top1 of the last validation that was an improvement; below 0 before the first
     * @param without number of validations since then
     */
    record Progress(double top1, int without) {
        static final Progress NONE = new Progress(-1, 0);
    }

    /** The progress after one more validation. */
    Progress after(Progress before, double top1) {
        boolean better = before.top1 < 0 || top1 > before.top1 + delta;
        return better ? new Progress(top1, 0) : new Progress(before.top1, before.without + 1);
    }

    /** Whether the run should stop. */
    boolean isDue(Progress progress) {
        return patience > 0 && progress.without >= patience;
    }
}
