package io.github.resnetspark.job.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** How a command that starts no Spark reaches its files: as it would with one. */
final class HadoopSettings {
    private HadoopSettings() {}

    /** Hadoop's own settings, and above them Spark's {@code spark.hadoop.*}, from wherever Spark takes them. */
    static Configuration ofSpark() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }
}
