package io.github.resnetspark.job.plan;

/** Cuts a whole into parts whose sizes differ by at most 1, larger ones first. */
final class EvenParts {
    private EvenParts() {}

    /** Where part {@code index} begins; for {@code index == parts} the end of the whole. */
    static int start(int whole, int parts, int index) {
        return index * (whole / parts) + Math.min(index, whole % parts);
    }
}
