package io.github.resnetspark.prepare;

import io.github.resnetspark.source.ParallelWork;
import io.github.resnetspark.task.ShardwiseJob;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Work for sources, done by Spark's tasks. */
record SparkWork(JavaSparkContext spark) implements ParallelWork {
    @Override
    public <T, R> List<R> run(String doing, List<T> items, Function<T, R> function) {
        return new ShardwiseJob(spark, doing).run(items, function);
    }
}
