package io.github.resnetspark.job.cli.frame;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Starts Spark: the cluster that spark-submit names, or else one inside this process. */
public final class SparkStart {
    /**
     * What training by averaging is faster with; whoever sets them otherwise is obeyed. Compression makes floats of a
     * network no smaller, and slices are written in one file at once instead of a file each that are then copied together.
     * Spark looks at check sums of a shuffle only where it could not decompress it.
     * What the driver collects in a round is one state, however many tasks bring it.
     */
    private static final Map<String, String> FOR_ROUNDS = Map.of(
            "spark.broadcast.compress", "false",
            "spark.shuffle.compress", "false",
            "spark.shuffle.checksum.enabled", "false",
            "spark.shuffle.sort.bypassMergeThreshold", "1",
            "spark.driver.maxResultSize", "0");

    private SparkStart() {}

    /** A context to train in, which the caller closes. */
    public static JavaSparkContext forTraining(int workers) {
        SparkConf conf = new SparkConf();
        FOR_ROUNDS.forEach(conf::setIfMissing);
        return open(conf, "train", workers);
    }

    /**
     * A context that the caller closes.
     *
     * @param command shown in Spark's own pages as the application's name
     * @param workers task slots that an embedded Spark must have; it has one per core where that is more
     */
    public static JavaSparkContext open(String command, int workers) {
        return open(new SparkConf(), command, workers);
    }

    /**
     * What a command that starts no Spark reaches its files with, as it would with one: Hadoop's own settings, and above
     * them Spark's {@code spark.hadoop.*}, from wherever Spark takes them.
     */
    public static Configuration hadoopConfiguration() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }

    private static JavaSparkContext open(SparkConf conf, String command, int workers) {
        conf.setIfMissing("spark.app.name", "resnet-spark " + command);
        if (!conf.contains("spark.master")) {
            int cores = workers * conf.getInt("spark.task.cpus", 1);
            conf.setMaster("local[" + Math.max(cores, Runtime.getRuntime().availableProcessors()) + "]")
                    .set("spark.driver.host", "localhost")
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    // A task whose memory is used up fails and is told, instead of ending this process at once.
                    .setIfMissing("spark.executor.killOnFatalError.depth", "0")
                    .setIfMissing("spark.ui.enabled", "false");
        }
        return new SettlingContext(SparkContext.getOrCreate(conf));
    }

    /** Lets go of Spark without a stack trace on standard error. */
    private static final class SettlingContext extends JavaSparkContext {
        SettlingContext(SparkContext context) {
            super(context);
        }

        @Override
        public void close() {
            // Broadcasts are destroyed in the background, and one still under way when Spark's threads go complains on
            // standard error. This one is destroyed last, and waited for.
            if (!sc().isStopped()) {
                broadcast(0).unpersist(true);
            }
            super.close();
        }
    }
}
