package io.github.resnetspark.message.job;

/** What was lost with an executor, in words that stand after a colon or in parentheses. */
public final class ExchangeReasons {
    private ExchangeReasons() {}

    public static String averageLost() {
        return "part of the averaged parameters and momentum is no longer on any executor";
    }
}
