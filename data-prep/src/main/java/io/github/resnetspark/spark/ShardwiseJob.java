package io.github.resnetspark.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.util.SerializableConfiguration;

/** Runs one Spark task per shard, or per partition of a table. */
public final class ShardwiseJob {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JavaSparkContext spark;
    private final String doing;

    /**
     * @param spark the Spark context
     * @param doing a description for the log and Spark's web UI, such as "Writing shards"
     */
    public ShardwiseJob(JavaSparkContext spark, String doing) {
        this.spark = spark;
        this.doing = doing;
    }

    /** The Hadoop configuration in a serializable form for tasks. */
    public static SerializableConfiguration configuration(JavaSparkContext spark) {
        return new SerializableConfiguration(new Configuration(spark.hadoopConfiguration()));
    }

    /**
     * Runs a function on every item, each in a separate task.
     *
     * @return the results in the order of the items
     * @throws TaskFailedException if a task failed, with the message of the task for the user
     */
    public <T, R> List<R> run(List<T> items, Function<T, R> task) {
        if (items.isEmpty()) {
            return List.of();
        }
        return collect(items.size(), progress -> spark.parallelize(new ArrayList<>(items), items.size())
                .map(progress.counting(task)));
    }

    /**
     * Runs a function on every partition of a data set.
     *
     * @return the results, in the order of the partitions
     * @throws TaskFailedException if a task failed, with the message of the task for the user
     */
    public <T, R> List<R> runOnPartitions(JavaRDD<T> rows, Function<Iterator<T>, List<R>> task) {
        int partitions = rows.getNumPartitions();
        return partitions == 0
                ? List.of()
                : collect(partitions, progress -> {
                    Function<Iterator<T>, List<R>> counted = progress.counting(task);
                    return rows.mapPartitions(
                            partition -> counted.call(partition).iterator());
                });
    }

    private <R> List<R> collect(int tasks, java.util.function.Function<ProgressLog, JavaRDD<R>> job) {
        JobDescription description = JobDescription.set(spark, doing);
        try (ProgressLog progress = new ProgressLog(spark.sc(), doing, tasks)) {
            JavaFutureAction<List<R>> running = job.apply(progress).collectAsync();
            return Collections.unmodifiableList(running.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(doing + " was interrupted.", e);
        } catch (ExecutionException e) {
            awaitOthers();
            throw TaskFailedException.of(e, doing);
        } finally {
            description.close();
        }
    }

    /**
     * If one task fails, the others continue. Gives them some time to end and delete their incomplete files before the
     * failure is reported and Spark is stopped. Asks Spark's scheduler, because the public status lags behind.
     */
    private void awaitOthers() {
        long begin = System.nanoTime();
        try {
            while (spark.sc().taskScheduler() instanceof TaskSchedulerImpl scheduler
                    && scheduler.runningTasksByExecutors().values().exists(tasks -> (int) tasks > 0)
                    && System.nanoTime() - begin < PATIENCE.toNanos()) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
