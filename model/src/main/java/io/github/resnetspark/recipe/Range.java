package io.github.resnetspark.recipe;

/** The numbers that a key may hold, and how an error message says so. */
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

    /** {@code low} and everything above it. */
    public static Range atLeast(double low) {
        return new Range(low, true, Double.POSITIVE_INFINITY, false);
    }

    /** Everything above {@code low}, without {@code low} itself. */
    public static Range above(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, false);
    }

    /** From {@code low} to {@code high}, both included. */
    public static Range between(double low, double high) {
        return new Range(low, true, high, true);
    }

    /** This range's lower bound with {@code bound} as the first number that is too high. */
    public Range below(double bound) {
        return new Range(low, lowIncluded, bound, false);
    }

    /** This range's lower bound with {@code bound} as the last number that is low enough. */
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

    /** The range in words that follow «must be», e.g. {@code at least 1}. */
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
