package io.github.resnetspark.job;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A real Spark in the test's own process. */
public final class LocalSpark {
    private LocalSpark() {}

    /** With that many task slots; close it after the test. */
    public static JavaSparkContext open(int slots) {
        return open("local[" + slots + "]");
    }

    /** A session with two task slots, for tests of DataFrames; close it after the test. It keeps its tables in the folder. */
    public static SparkSession session(Path folder) {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .getOrCreate();
    }

    /** With a master of its own, such as {@code local[2,2]}: two slots, and each task may fail once. */
    public static JavaSparkContext open(String master) {
        return new JavaSparkContext(new SparkConf()
                .setAppName("test")
                .setMaster(master)
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }
}
