package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a training cannot start on this cluster. Amounts of memory are in bytes. */
public final class PreflightFailures {
    private PreflightFailures() {}

    /** {@code seconds}: how long Spark was given to register executors. */
    public static String noSlots(long seconds) {
        return "Spark offers no task slots after " + seconds
                + " s. Check that its workers are running and have the cores"
                + " and memory that spark.executor.cores and spark.executor.memory ask for, or raise"
                + " spark.scheduler.maxRegisteredResourcesWaitingTime.";
    }

    /**
     * Spark has fewer slots than the run needs at least.
     *
     * @param least {@code cluster.min-workers}
     * @param cores of a slot
     */
    public static String tooFewSlots(int workers, int least, int slots, int cores, int executors) {
        return wanted(workers, least) + " but Spark offers " + Amounts.counted(slots, "task slot") + " of "
                + Amounts.counted(cores, "core") + " on " + Amounts.counted(executors, "executor")
                + ". Ask Spark for more with spark.executor.instances or spark.cores.max, or "
                + fewer(workers, least, slots);
    }

    /**
     * Dynamic allocation will never have the slots that the run needs at least.
     *
     * @param least {@code cluster.min-workers}
     * @param most slots that it may have
     */
    public static String slotLimit(int workers, int least, int most) {
        return wanted(workers, least) + " but spark.dynamicAllocation.maxExecutors allows at most "
                + Amounts.counted(most, "task slot") + ". Raise that limit, or " + fewer(workers, least, most);
    }

    private static String wanted(int workers, int least) {
        return least < workers ? "cluster.min-workers is " + least : "cluster.workers is " + workers;
    }

    private static String fewer(int workers, int least, int slots) {
        String inexact =
                "with fewer workers the result is no longer bit-identical to that of a run with " + workers + ".";
        return least < workers
                ? "set cluster.min-workers = " + slots + "; " + inexact
                : "set cluster.workers = " + slots + " for a new run. To resume a run, set cluster.min-workers = "
                        + slots + " instead; " + inexact;
    }

    /**
     * Executors run other programs than the driver.
     *
     * @param executors such as {@code 1 on node-7}
     * @param differences such as {@code Java 11 instead of 17}
     */
    public static String otherPrograms(List<String> executors, String differences) {
        String first = executors.get(0) + (executors.size() == 1 ? "" : " (and " + (executors.size() - 1) + " more)");
        return "Executor " + first + " runs other programs than the driver: " + differences
                + ". Install the same versions on all nodes, and submit one jar with spark-submit instead of adding jars to"
                + " spark.executor.extraClassPath.";
    }

    /** {@code embedded}: whether Spark runs inside the driver. */
    public static String driverHeap(long heap, long need, boolean embedded) {
        return "The driver's heap is " + Amounts.text(heap) + " but the run needs at least " + Amounts.text(need)
                + ". Set " + (embedded ? "RESNET_SPARK_HEAP=" : "spark.driver.memory = ")
                + Amounts.setting(need * 3 / 2) + ".";
    }

    public static String executorHeap(long heap, int slots, long need) {
        return "An executor's heap is " + Amounts.text(heap) + " but its " + Amounts.counted(slots, "slot")
                + " need at least " + Amounts.text(need) + ". Set spark.executor.memory = "
                + Amounts.setting(need * 3 / 2) + ".";
    }

    /** {@code embedded}: whether Spark runs inside the driver. */
    public static String processLimit(long limit, int replicas, long need, boolean embedded) {
        return "JavaCPP limits an executor to " + Amounts.text(limit) + " but its heap and "
                + Amounts.counted(replicas, "replica")
                + " may need " + Amounts.text(need) + ". Add -Dorg.bytedeco.javacpp.maxphysicalbytes=0 to "
                + (embedded ? "RESNET_SPARK_JAVA_OPTS." : "spark.executor.extraJavaOptions.");
    }

    public static String containerMemory(long overhead, int replicas, int batchSize, long need) {
        return "An executor's container has " + Amounts.text(overhead) + " outside the heap but "
                + Amounts.counted(replicas, "replica") + " with minibatches of " + batchSize + " need "
                + Amounts.text(need)
                + ". Set spark.executor.memoryOverhead = " + Amounts.setting(need) + ".";
    }

    /** {@code largestBatch}: the largest that fits, 0 if not even one picture does. */
    public static String machineMemory(String host, long need, long memory, int largestBatch) {
        return "The executors on " + host + " may need " + Amounts.text(need) + " but the machine has "
                + Amounts.text(memory) + ". "
                + (largestBatch > 0
                        ? "Set train.batch-size-per-replica = " + largestBatch + ", or use fewer slots on this machine."
                        : "Lower spark.executor.memory, or use fewer slots on this machine.");
    }

    /** With CPUs, each replica needs a core. */
    public static String tooFewCores(int cores, int replicas) {
        return "A Spark task has " + Amounts.counted(cores, "core") + " but a worker has "
                + Amounts.counted(replicas, "replica") + ", each of which needs at least one. Set spark.task.cpus = "
                + replicas + ", or lower cluster.replicas.";
    }

    public static String otherGpuCount(int gpus, int replicas) {
        return "A Spark task has " + Amounts.counted(gpus, "GPU") + " but a worker has "
                + Amounts.counted(replicas, "replica") + ". Set spark.task.resource.gpu.amount = " + replicas
                + ", or cluster.replicas = " + gpus + ".";
    }

    public static String noGpus() {
        return "This jar computes on GPUs but Spark assigns none to the tasks. Set spark.task.resource.gpu.amount = 1 and the"
                + " other settings of conf/spark/gpu.conf.";
    }

    public static String gpuMemory(long memory, int batchSize, long need, int largestBatch) {
        return "A GPU has " + Amounts.text(memory) + " but a replica with minibatches of " + batchSize + " needs about "
                + Amounts.text(need) + ". Set train.batch-size-per-replica = " + largestBatch + ".";
    }

    public static String diskSpace(String modelDirectory, long free, long need) {
        return ShownText.line(modelDirectory) + " has " + Amounts.text(free)
                + " of free space but checkpoints and model need " + Amounts.text(need)
                + ". Free space there, set model.dir to another location, or set checkpoint.keep = 1.";
    }

    public static String fileQuota(String modelDirectory, long free, int need) {
        return "A quota allows " + ShownText.line(modelDirectory) + " only " + Amounts.counted(free, "more file")
                + " but checkpoints and model may need " + need
                + ". Raise the quota of names, or set model.dir to another location.";
    }

    /**
     * The recipe sets an averaging interval that is longer than an epoch.
     *
     * @param value of the key, a number or a list
     * @param pictures of an epoch
     * @param step pictures of one step of all workers
     * @param most a replica's minibatches of an epoch
     */
    public static String roundLongerThanEpoch(String key, String value, long pictures, int step, int most) {
        return key + " is " + value + " but a worker has only " + Amounts.counted(most, "minibatch", "minibatches")
                + " in an epoch (" + Amounts.counted(pictures, "picture") + ", " + step
                + " in a step of all workers). Set " + key + " to at most " + most + ".";
    }

    /** {@code side}: the smallest side of a picture inside the network, in pixels. */
    public static String oneValuePerChannel(int batchSize, int input, long side) {
        String shrinks =
                PreflightReasons.shrinks(input, side) + ", and batch normalisation over one value learns nothing. ";
        return batchSize == 1
                ? "train.batch-size-per-replica is 1 but " + shrinks
                        + "Set train.batch-size-per-replica to at least 4, or raise model.input or data.train-size."
                : "The train split has 1 picture but " + shrinks + "Prepare more pictures.";
    }
}
