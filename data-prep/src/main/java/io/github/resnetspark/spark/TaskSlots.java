package io.github.resnetspark.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The number of tasks that Spark can currently run at the same time. Spark's public API does not provide it: the
 * default parallelism counts cores, regardless of the cores per task and of GPUs.
 */
public final class TaskSlots {
    private TaskSlots() {}

    /** The slots of all current executors. */
    public static int of(JavaSparkContext spark) {
        SparkContext context = spark.sc();
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }
}
