package io.github.resnetspark.task;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How many tasks Spark can run at the same time just now. Spark's public interface does not say: its default parallelism counts
 * cores, whatever a task takes of them, and knows nothing of GPUs.
 */
public final class TaskSlots {
    private TaskSlots() {}

    /** Slots of all executors that are there. */
    public static int of(JavaSparkContext spark) {
        SparkContext context = spark.sc();
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }
}
