package io.github.resnetspark.recipe;

/** The range of numbers that a key accepts, and its wording in messages. */
public final class Range {
    private final double low;
    private final double high;
    private final boolean lowIncluded;
    private final boolean highIncluded;

    private Range(double low, boolean lowIncluded, double high, boolean highIncluded) {
        this.low = low;
        this.lowIncluded = lowIncluded;
        this.high = high;
        this.highIncluded = highIncluded;
    }

    /** Every finite number. */
    public static Range any() {
        return new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
    }

    /** {@code low} and larger numbers. */
    public static Range atLeast(double low) {
        return new Range(low, true, Double.POSITIVE_INFINITY, false);
    }

    /** Numbers larger than {@code low}. */
    public static Range above(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, false);
    }

    /** From {@code low} to {@code high}, both included. */
    public static Range between(double low, double high) {
        return new Range(low, true, high, true);
    }

    /** The same lower bound with the exclusive upper bound {@code bound}. */
    public Range below(double bound) {
        return new Range(low, lowIncluded, bound, false);
    }

    /** The same lower bound with the inclusive upper bound {@code bound}. */
    public Range upTo(double bound) {
        return new Range(low, lowIncluded, bound, true);
    }

    boolean isAny() {
        return Double.isInfinite(low) && Double.isInfinite(high);
    }

    boolean contains(double value) {
        boolean highEnough = lowIncluded ? value >= low : value > low;
        boolean lowEnough = highIncluded ? value <= high : value < high;
        return highEnough && lowEnough;
    }

    /** The range in words that follow "must be", e.g. {@code at least 1}. */
    String inWords() {
        boolean boundedBelow = !Double.isInfinite(low);
        boolean boundedAbove = !Double.isInfinite(high);
        if (boundedBelow && boundedAbove && lowIncluded && highIncluded) {
            return "between " + plain(low) + " and " + plain(high);
        }
        String lower = boundedBelow ? (lowIncluded ? "at least " : "more than ") + plain(low) : "";
        String upper = boundedAbove ? (highIncluded ? "at most " : "less than ") + plain(high) : "";
        if (lower.isEmpty() && upper.isEmpty()) {
            return "finite";
        }
        return lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " and " + upper;
    }

    private static String plain(double value) {
        boolean whole = Math.rint(value) == value && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
