package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerReportTest {
    @Test
    void aWorkerIsAsFastAsItsSlowestReplica() {
        WorkerReport report = WorkerReport.of(0, 9, List.of(replica(100, 2, 0), replica(50, 1, 1), replica(0, 0, 0)));

        assertThat(report.secondsPerExample()).isEqualTo(0.04, within(1e-12));
        assertThat(report.fitSeconds()).isEqualTo(2);
    }

    private static WorkerReport.Replica replica(long examples, double computeSeconds, double waitSeconds) {
        return new WorkerReport.Replica(examples, 1, -1, computeSeconds, waitSeconds);
    }
}
