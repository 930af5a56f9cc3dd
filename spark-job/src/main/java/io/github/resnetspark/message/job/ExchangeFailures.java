package io.github.resnetspark.message.job;

/** Why the averaged parameters and momentum do not reach the workers. */
public final class ExchangeFailures {
    private ExchangeFailures() {}

    /** @param block as Spark calls the slice */
    public static String sliceLost(int slice, String block) {
        return "Slice " + slice + " of the averaged parameters and momentum (Spark's block " + block
                + ") is no longer on any executor. The round is repeated from the driver's copy. If this happens often,"
                + " check the cluster manager's log for why executors end.";
    }

    public static String noRoomForSlice(int slice) {
        return "This process has no memory and no disk space left for slice " + slice
                + " of the averaged parameters and momentum. Free space in spark.local.dir, or raise"
                + " spark.executor.memory.";
    }

    public static String classMissing() {
        return "An executor received an object of a class that it does not have. Use the same resnet-spark.jar on all"
                + " nodes.";
    }
}
