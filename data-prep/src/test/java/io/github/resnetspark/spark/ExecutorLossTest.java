package io.github.resnetspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class ExecutorLossTest {
    @Test
    void detectsATaskWhoseExecutorsWereKilled() {
        assertThat(ExecutorLoss.in(
                        new SparkException("Job aborted due to stage failure: Task 1 in stage 12.0 failed 4 times,"
                                + " most recent failure: Lost task 1.3 in stage 12.0 (TID 60) (127.0.0.1 executor 5):"
                                + " ExecutorLostFailure (executor 5 exited caused by one of the running tasks)"
                                + " Reason: Command exited with code 137\nDriver stacktrace:")))
                .contains("ExecutorLostFailure (executor 5 exited caused by one of the running tasks)"
                        + " Reason: Command exited with code 137");
    }

    @Test
    void detectsAStageThatCouldNotFetchFromItsExecutors() {
        assertThat(ExecutorLoss.in(
                        new IllegalStateException(new SparkException("Job aborted due to stage failure: ResultStage 7"
                                + " (collect at Round.java:165) has failed the maximum allowable number of times: 4."
                                + " Most recent failure reason:\norg.apache.spark.shuffle.MetadataFetchFailedException:"
                                + " Missing an output location for shuffle 3 partition 0\n\tat org.apache.spark"))))
                .contains("org.apache.spark.shuffle.MetadataFetchFailedException:"
                        + " Missing an output location for shuffle 3 partition 0");
    }

    @Test
    void ignoresExceptionsOfTheTaskWhateverTheirText() {
        assertThat(ExecutorLoss.in(
                        new SparkException("Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times,"
                                + " most recent failure: Lost task 0.3 in stage 1.0 (TID 4) (127.0.0.1 executor 1):"
                                + " java.lang.IllegalStateException: ExecutorLostFailure (executor 5 exited)\n\tat io.github\n\n"
                                + "Driver stacktrace:")))
                .isEmpty();
    }

    @Test
    void ignoresACancelledJob() {
        assertThat(ExecutorLoss.in(
                        new SparkException("Job 3 cancelled part of cancelled job tags [averaging-round-4]")))
                .isEmpty();
    }
}
