package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;

/** What does not prevent a training but slows it down or makes a worse model. */
public final class PreflightNotices {
    private PreflightNotices() {}

    /** {@code suggested}: pictures per row group with which every worker has its own. */
    public static String fewRowGroups(long rowGroups, int replicas, long suggested) {
        return "The train split has only " + Amounts.counted(rowGroups, "row group") + " for "
                + Amounts.counted(replicas, "replica")
                + ", so several replicas read the same row group and use only part of it."
                + " This costs extra reading, but no picture is trained on twice. To avoid it, prepare the pictures with"
                + " prepare.row-group = " + suggested + ".";
    }

    public static String moreThreadsThanProcessors(String executor, String host, int threads, int processors) {
        return "Executor " + executor + " on " + host + " computes with " + Amounts.counted(threads, "thread") + " on "
                + Amounts.counted(processors, "processor") + ". Set spark.executor.cores = " + processors
                + " to give each thread its own processor.";
    }

    public static String unusedGpus() {
        return "Spark assigns a GPU to each task but this jar computes on the CPU. Build it with mvn -Pcuda to use the GPUs.";
    }

    public static String noHugePages(String host) {
        return "The kernel of " + host + " never uses huge pages, so the first minibatches take longer. As root, write"
                + " madvise to /sys/kernel/mm/transparent_hugepage/enabled there.";
    }

    /** {@code side}: the smallest side of a picture inside the network, in pixels. */
    public static String twoValuesPerChannel(int input, long side) {
        return "Minibatches have at most 2 pictures and " + PreflightReasons.shrinks(input, side)
                + ". Batch normalisation over two values learns very little. Set train.batch-size-per-replica to at least 4.";
    }

    /** {@code side}: the smallest side of a picture inside the network, in pixels. */
    public static String lastMinibatchOfOne(int input, long side) {
        return "The last minibatch of an epoch has 1 picture and " + PreflightReasons.shrinks(input, side)
                + ", so nothing is learned from that picture in that epoch. To avoid this, change"
                + " train.batch-size-per-replica.";
    }
}
