package io.github.resnetspark.benchmarks;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a link is in each direction.
 *
 * @param text as {@code tc} writes it, e.g. {@code 1gbit} or {@code 500mbit}
 * @param bitsPerSecond its rate
 */
record LinkRate(String text, double bitsPerSecond) {
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]*)([kmg])bit");
    private static final Map<String, Double> UNITS = Map.of("k", 1e3, "m", 1e6, "g", 1e9);

    /**
     * Reads the value of {@code --network}.
     *
     * @throws IllegalArgumentException if it is not a rate
     */
    static LinkRate of(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("The rate is '" + text + "' but must be like 1gbit or 500mbit.");
        }
        return new LinkRate(text, Long.parseLong(matcher.group(1)) * UNITS.get(matcher.group(2)));
    }

    /** The time in which these bytes pass, without the headers of packets. */
    double seconds(double bytes) {
        return 8 * bytes / bitsPerSecond;
    }
}
