package io.github.resnetspark.job.train;

import io.github.resnetspark.job.worker.WorkerReport;
import java.io.Serializable;
import org.apache.spark.SparkEnv;

/**
 * A worker that took part in a round.
 *
 * @param report how it went
 * @param place the executor that it ran in, as Spark takes a preferred location
 */
record Participant(WorkerReport report, String place) implements Serializable {

    /** In the executor. */
    static Participant here(WorkerReport report) {
        SparkEnv env = SparkEnv.get();
        return new Participant(
                report, "executor_" + env.blockManager().blockManagerId().host() + "_" + env.executorId());
    }
}
