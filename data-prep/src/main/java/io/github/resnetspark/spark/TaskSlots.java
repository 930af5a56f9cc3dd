package io.github.resnetspark.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The number of tasks that Spark can run at the same time. Spark's public API does not provide it: the default
 * parallelism counts cores, regardless of the cores per task and of GPUs.
 */
public final class TaskSlots {
    /** Spark's name for GPUs. */
    private static final String GPU = "gpu";

    private TaskSlots() {}

    /** The slots that each executor of an application will have. */
    public static int ofEachExecutor(SparkConf conf) {
        return ofExecutor(
                conf,
                conf.getInt("spark.executor.cores", 1),
                conf.getInt("spark.executor.resource." + GPU + ".amount", 0));
    }

    /** The slots of an executor that has these cores and resources. */
    public static int ofExecutor(SparkConf conf, int cores, Map<String, ResourceInformation> resources) {
        return ofExecutor(conf, cores, gpus(resources).size());
    }

    /** The addresses of the GPUs of an executor or a task, in rising order. */
    public static List<String> gpus(Map<String, ResourceInformation> resources) {
        ResourceInformation gpus = resources.get(GPU);
        return gpus == null
                ? List.of()
                : Arrays.stream(gpus.addresses()).sorted().toList();
    }

    /** @param gpus of the executor; 0 if unknown */
    private static int ofExecutor(SparkConf conf, int cores, int gpus) {
        int byCores = cores / conf.getInt("spark.task.cpus", 1);
        double perTask = conf.getDouble("spark.task.resource." + GPU + ".amount", 0);
        return perTask <= 0 || gpus == 0 ? byCores : Math.min(byCores, (int) (gpus / perTask));
    }

    /** The slots of all current executors. */
    public static int of(JavaSparkContext spark) {
        SparkContext context = spark.sc();
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }
}
