package io.github.resnetspark.message.data;

import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;

/** Why work on Spark failed. */
public final class SparkFailures {
    private SparkFailures() {}

    /**
     * {@code work} is the start of a sentence, such as {@code The evaluation} and {@code reason} says how executors
     * were lost most recently.
     */
    public static String executorsLost(String work, int attempts, String reason) {
        return work + " lost executors in each of " + attempts + " attempts, most recently: "
                + FullStop.added(reason)
                + " Check the cluster manager's log for the reason. If executors ran out of memory, raise"
                + " spark.executor.memoryOverhead or lower train.batch-size-per-replica.";
    }

    /**
     * {@code doing} is what failed, such as {@code Writing shards} and {@code explanation} is whole sentences with a
     * remedy.
     */
    public static String known(String doing, String explanation) {
        return doing + " failed: " + explanation;
    }

    /** {@code cause} is the exception, since nothing else is known. */
    public static String unknown(String doing, String cause) {
        return doing + " failed (" + ShownText.clause(cause) + "). Check the logs of Spark's executors.";
    }
}
