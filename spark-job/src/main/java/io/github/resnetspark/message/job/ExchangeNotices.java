package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;

/** What is said in the log about the exchange of parameters and momentum between driver and executors. */
public final class ExchangeNotices {
    private ExchangeNotices() {}

    public static String averageLost() {
        return "Executors were lost before the driver had received the average of the last round. That round"
                + " is repeated, with the same result.";
    }

    public static String repeatsFromDriver(String loss) {
        return "Executors were lost (" + ShownText.clause(loss)
                + "). This round is repeated from the driver's copy, with the same result.";
    }

    public static String repeats(String loss) {
        return "Executors were lost (" + ShownText.clause(loss) + "). This round is repeated, with the same result.";
    }

    /** Takes what Spark lacks. */
    public static String fallsBack(String why) {
        return "This version of Spark lacks internals that the fast exchange needs (" + ShownText.clause(why)
                + "). From now on parameters travel through the driver: the result is the same, but rounds take longer."
                + " Use a supported version of Spark to avoid this.";
    }

    public static String notLent(String why) {
        return FullStop.added(ShownText.line(why)) + " Tasks that need it fail, and the round is repeated.";
    }

    public static String blockNotFetched(String block) {
        return "The block " + block + " could not be fetched.";
    }

    public static String executorLostAfterEnd() {
        return "An executor was lost after the last round.";
    }

    /** {@code slots} is the number of task slots without a worker that are ready for one. */
    public static String sparesWarm(int slots) {
        return Amounts.counted(slots, "spare slot is", "spare slots are") + " warm.";
    }

    public static String spareNotWarmed(String why) {
        return "A spare slot was not warmed: " + FullStop.added(ShownText.line(why));
    }

    public static String collectorStillRuns() {
        return "The thread that collects averages is still running.";
    }
}
