package io.github.resnetspark.job.preflight;

import io.github.resnetspark.message.job.PreflightReasons;
import io.github.resnetspark.prepare.ToolVersion;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The programs of a process and their versions.
 *
 * @param project the release of this project
 * @param java the release of Java, such as 17; updates of one release are compatible
 * @param spark its version
 * @param nd4j the jar that contains ND4J, and the backend that it computes with
 */
record Programs(String project, String java, String spark, String nd4j) implements Serializable {

    /** The programs of this process. */
    static Programs here() {
        return new Programs(
                ToolVersion.current(),
                Integer.toString(Runtime.version().feature()),
                org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                jar(Nd4j.class) + " on the " + (Nd4j.getEnvironment().isCPU() ? "CPU" : "GPU"));
    }

    /** The differences, each such as {@code Spark 3.5.1 instead of 3.5.9}; empty if there are none. */
    List<String> differencesFrom(Programs driver) {
        List<String> differences = new ArrayList<>();
        add("resnet-spark", project, driver.project, differences);
        add("Java", java, driver.java, differences);
        add("Spark", spark, driver.spark, differences);
        add("ND4J", nd4j, driver.nd4j, differences);
        return differences;
    }

    private static void add(String what, String here, String driver, List<String> differences) {
        if (!here.equals(driver)) {
            differences.add(PreflightReasons.difference(what, here, driver));
        }
    }

    private static String jar(Class<?> type) {
        String place = URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())
                .getPath();
        return place.substring(place.lastIndexOf('/') + 1);
    }
}
