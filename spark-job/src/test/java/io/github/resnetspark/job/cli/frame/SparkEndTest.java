package io.github.resnetspark.job.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.model.MachineFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;

class SparkEndTest {
    private final SparkEnd end = new SparkEnd();

    @Test
    void aFailureWhileSparkRunsIsNotExplained() {
        end.onExecutorRemoved(removed("Container marked as failed. Exit status: 137."));

        assertThat(end.explain(new IllegalStateException("no such picture"))).isEmpty();
    }

    @Test
    void namesTheSettingIfContainersExceededTheirMemory() {
        end.onExecutorRemoved(
                removed("Container killed by YARN for exceeding physical memory limits. 700.1 MB of 656 MB"
                        + " physical memory used. Consider boosting spark.executor.memoryOverhead."));
        end.onExecutorRemoved(removed("Executor killed by driver."));
        end.onExecutorRemoved(removed("Executor Process Lost"));
        end.happened();

        assertThat(end.explain(cancelled()))
                .contains(CommandFailures.sparkEndedAfterLosses(MachineFailures.containerMemory(
                        "Container killed by YARN for exceeding physical memory limits. 700.1 MB of 656 MB physical"
                                + " memory used. Consider boosting spark.executor.memoryOverhead.")));
        assertThat(end.explain(cancelled()).orElseThrow()).contains("Raise spark.executor.memoryOverhead");
    }

    @Test
    void quotesALossThatItDoesNotKnow() {
        end.onExecutorRemoved(removed("Container released on a lost node"));
        end.happened();

        assertThat(end.explain(cancelled()))
                .contains(CommandFailures.sparkEndedAfterUnknownLosses("Container released on a lost node"));
    }

    @Test
    void anApplicationThatWasKilledLostNoExecutors() {
        end.happened();

        assertThat(end.explain(cancelled())).contains(CommandFailures.sparkEnded());
    }

    @Test
    void anOldLossIsNotWhySparkEnded() {
        end.onExecutorRemoved(
                removed("Container released on a lost node", Instant.now().minus(Duration.ofMinutes(10))));
        end.happened();

        assertThat(end.explain(cancelled())).contains(CommandFailures.sparkEnded());
    }

    @Test
    void anInterruptionIsTheEndOfSparkInItsClusterMode() {
        assertThat(end.explain(new ExecutionException(new InterruptedException())))
                .contains(CommandFailures.sparkEnded());
    }

    private static SparkException cancelled() {
        return new SparkException("Job 12 cancelled because SparkContext was shut down");
    }

    private static SparkListenerExecutorRemoved removed(String reason) {
        return removed(reason, Instant.now());
    }

    private static SparkListenerExecutorRemoved removed(String reason, Instant when) {
        return new SparkListenerExecutorRemoved(when.toEpochMilli(), "1", reason);
    }
}
