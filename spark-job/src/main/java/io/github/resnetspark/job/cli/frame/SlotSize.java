package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.recipe.Recipe;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * The size of a task slot and the number of replicas in it, from Spark's settings, before Spark starts.
 *
 * <p>With embedded Spark, one worker with two replicas is the default, because replicas of one worker are averaged in
 * memory. It is the same number of replicas as on a cluster, so a recipe gives the same model on every machine up to
 * rounding.
 */
final class SlotSize {
    private static final String TASK_CPUS = "spark.task.cpus";
    private static final String TASK_GPUS = "spark.task.resource.gpu.amount";
    private static final String EXECUTOR_CORES = "spark.executor.cores";
    /** Threads of one replica with embedded Spark. The launcher sets it. */
    private static final String THREADS = "OMP_NUM_THREADS";

    private final SparkConf conf;

    SlotSize(SparkConf conf) {
        this.conf = conf;
    }

    /** Whether Spark will run in this process. */
    boolean isEmbedded() {
        return !conf.contains("spark.master");
    }

    /** What replaces the parts of a recipe that depend on Spark's settings, each {@code section.key=value}. */
    List<String> overrides(Recipe recipe) {
        if (recipe.hasDefaultCluster() && isEmbedded()) {
            return List.of("cluster.workers=1", "cluster.replicas=2");
        }
        return recipe.cluster().replicasOrAuto().isPresent()
                ? List.of()
                : List.of("cluster.replicas=" + replicas(recipe.cluster().workers()));
    }

    private int replicas(int workers) {
        if (conf.contains(TASK_GPUS)) {
            return Math.max(1, (int) conf.getDouble(TASK_GPUS, 1));
        }
        if (conf.contains(TASK_CPUS)) {
            return Math.max(1, conf.getInt(TASK_CPUS, 1) / threads());
        }
        if (isEmbedded()) {
            return Math.max(1, Runtime.getRuntime().availableProcessors() / workers / threads());
        }
        return Math.max(1, conf.getInt(EXECUTOR_CORES, 1) / threads());
    }

    /**
     * Sets the cores of a task with this number of replicas, unless Spark's settings do.
     *
     * @return the cores of a task
     */
    int apply(int replicas) {
        if (replicas * threads() > 1) {
            conf.setIfMissing(TASK_CPUS, Integer.toString(replicas * threads()));
        }
        return conf.getInt(TASK_CPUS, 1);
    }

    private int threads() {
        String threads = System.getenv().getOrDefault(THREADS, "1");
        return isEmbedded() && threads.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(threads) : 1;
    }
}
