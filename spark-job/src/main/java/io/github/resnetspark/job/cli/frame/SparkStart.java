package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.recipe.ClusterSettings;
import io.github.resnetspark.job.watch.ExecutorGauges;
import java.io.File;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Starts Spark: on the cluster that spark-submit names, or else inside this process. */
public final class SparkStart {
    /**
     * Defaults that make training by averaging faster. Compression does not make a network's floats smaller. Slices are
     * written to one file directly, not to one file each that are then merged. Spark uses checksums of a shuffle only if
     * it cannot decompress it. The driver collects parameters and momentum once per round, whatever the number of tasks.
     * A task that waits for its preferred executor would share it with another task after a loss, while a new executor
     * stays idle. A task that was reading from a lost executor learns of the loss only when it retries, so it retries
     * soon; together the retries take as long as Spark's own three of 5 seconds.
     */
    private static final Map<String, String> FOR_ROUNDS = Map.of(
            "spark.broadcast.compress", "false",
            "spark.shuffle.compress", "false",
            "spark.shuffle.checksum.enabled", "false",
            "spark.shuffle.sort.bypassMergeThreshold", "1",
            "spark.driver.maxResultSize", "0",
            "spark.locality.wait", "0",
            "spark.shuffle.io.retryWait", "1s",
            "spark.shuffle.io.maxRetries", "15");

    /**
     * Lets the C library of executors request huge pages for large arrays, so that touching their memory for the first time
     * takes less time.
     */
    private static final Map.Entry<String, String> HUGE_PAGES =
            Map.entry("spark.executorEnv.GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

    private static final String PLUGINS = "spark.plugins";

    private final SparkEnd end = new SparkEnd();

    /** A context to train in, which the caller closes. */
    public JavaSparkContext forTraining(ClusterSettings cluster) {
        SparkConf conf = new SparkConf();
        FOR_ROUNDS.forEach(conf::setIfMissing);
        return open(conf, "train", cluster.workers(), cluster.replicas());
    }

    /**
     * A context with task slots for workers, which the caller closes.
     *
     * @param command part of the application's name in Spark's web pages
     */
    public JavaSparkContext open(String command, ClusterSettings cluster) {
        return open(new SparkConf(), command, cluster.workers(), cluster.replicas());
    }

    /**
     * A context that the caller closes.
     *
     * @param command part of the application's name in Spark's web pages
     * @param workers minimum number of task slots of an embedded Spark; it has at least one per core
     */
    public JavaSparkContext open(String command, int workers) {
        return open(new SparkConf(), command, workers, 1);
    }

    /**
     * Hadoop's configuration for commands that do not start Spark. It is the same as with Spark: Hadoop's own settings, overridden by
     * Spark's {@code spark.hadoop.*}.
     */
    public static Configuration hadoopConfiguration() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }

    /** Whether Spark ended before its caller closed it. */
    SparkEnd end() {
        return end;
    }

    private JavaSparkContext open(SparkConf conf, String command, int workers, int replicas) {
        conf.setIfMissing("spark.app.name", "resnet-spark " + command);
        conf.setIfMissing(HUGE_PAGES.getKey(), HUGE_PAGES.getValue());
        SlotSize slot = new SlotSize(conf);
        int coresPerTask = slot.apply(replicas);
        if (slot.isEmbedded()) {
            int cores = workers * coresPerTask;
            conf.setMaster("local[" + Math.max(cores, Runtime.getRuntime().availableProcessors()) + "]")
                    .set("spark.driver.host", "localhost")
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    // A task that runs out of memory fails with an error message, instead of ending this process.
                    .setIfMissing("spark.executor.killOnFatalError.depth", "0")
                    // Reading a table creates this folder, by default in the current one.
                    .setIfMissing(
                            "spark.sql.warehouse.dir",
                            new File(System.getProperty("java.io.tmpdir"), "spark-warehouse").getPath())
                    .setIfMissing("spark.ui.enabled", "false");
        } else {
            addPlugin(conf, ExecutorLog.class);
            addPlugin(conf, ExecutorGauges.class);
        }
        SparkContext context = SparkContext.getOrCreate(conf);
        context.addSparkListener(end);
        return new SettlingContext(context, end);
    }

    /** Adds a plugin to those of the site. */
    private static void addPlugin(SparkConf conf, Class<? extends SparkPlugin> plugin) {
        conf.set(PLUGINS, conf.contains(PLUGINS) ? conf.get(PLUGINS) + "," + plugin.getName() : plugin.getName());
    }

    /** Stops Spark without a stack trace on standard error. */
    private static final class SettlingContext extends JavaSparkContext {
        private final SparkEnd end;

        SettlingContext(SparkContext context, SparkEnd end) {
            super(context);
            this.end = end;
        }

        @Override
        public void close() {
            // Spark destroys broadcasts in the background. If its threads end before that, it prints a stack trace.
            // This
            // broadcast is destroyed last, and blocks until then.
            if (sc().isStopped()) {
                end.happened();
            } else {
                broadcast(0).unpersist(true);
            }
            super.close();
        }
    }
}
