package io.github.resnetspark.job.cli;

/** Which Spark this jar was compiled for. */
final class BuiltFor {
    static final SparkLine LINE = SparkLine.SPARK_4;

    private BuiltFor() {}
}
