package io.github.resnetspark.job.preflight;

import org.apache.spark.SparkConf;

/** The cluster manager. It decides what limits the memory of executors. */
enum ClusterManager {
    /** Spark runs in the driver's process. */
    EMBEDDED,
    /** The memory of a process has no limit. */
    STANDALONE,
    /** A container has heap plus overhead, and is killed if it exceeds that. */
    YARN,
    /** The same. */
    KUBERNETES;

    private static final double FACTOR = 0.1;
    private static final long LEAST_MIB = 384;

    static ClusterManager of(String master) {
        if (master.startsWith("local") && !master.startsWith("local-cluster")) {
            return EMBEDDED;
        }
        if (master.startsWith("yarn")) {
            return YARN;
        }
        return master.startsWith("k8s") ? KUBERNETES : STANDALONE;
    }

    boolean hasContainers() {
        return this == YARN || this == KUBERNETES;
    }

    /** Bytes that an executor's container has outside its heap, as Spark computes them; 0 without containers. */
    long overhead(SparkConf conf, long heap) {
        if (!hasContainers()) {
            return 0;
        }
        if (conf.contains("spark.executor.memoryOverhead")) {
            return mebibytes(conf.getSizeAsMb("spark.executor.memoryOverhead"));
        }
        double factor = conf.getDouble("spark.executor.memoryOverheadFactor", FACTOR);
        return Math.max(mebibytes(LEAST_MIB), Math.round(heap * factor));
    }

    private static long mebibytes(long count) {
        return count << 20;
    }
}
