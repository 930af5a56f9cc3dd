package io.github.resnetspark.spark;

import org.apache.spark.api.java.JavaSparkContext;

/** What the jobs that this thread submits are for, in Spark's web pages. Restores the earlier description at its end. */
public final class JobDescription implements AutoCloseable {
    /** Spark's own property. */
    public static final String PROPERTY = "spark.job.description";

    private final JavaSparkContext spark;
    private final String before;

    private JobDescription(JavaSparkContext spark) {
        this.spark = spark;
        this.before = spark.getLocalProperty(PROPERTY);
    }

    /** The next jobs have this description, such as "Writing shards". */
    public static JobDescription set(JavaSparkContext spark, String doing) {
        JobDescription description = new JobDescription(spark);
        spark.setLocalProperty(PROPERTY, doing);
        return description;
    }

    @Override
    public void close() {
        spark.setLocalProperty(PROPERTY, before);
    }
}
