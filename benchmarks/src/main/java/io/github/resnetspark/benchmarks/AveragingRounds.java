package io.github.resnetspark.benchmarks;

import io.github.resnetspark.text.Amounts;
import java.util.Optional;

/**
 * The measured rounds of {@link LargeState}.
 *
 * @param workers number of workers, each on an executor of its own
 * @param replicas of each worker
 * @param traffic of the executors, unless it was not counted
 */
record AveragingRounds(int workers, int replicas, TrainedRounds rounds, Optional<ExecutorTraffic.PerRound> traffic) {

    /** Seconds of a round without the training of its slowest replica. */
    double seconds() {
        return rounds.median("averageSeconds");
    }

    /** Bytes of the state: what the driver receives in a round. */
    long stateBytes() {
        return Math.round(rounds.median("driverBytes"));
    }

    /** Such as {@code 2 workers × 4 replicas}. */
    String title() {
        return Amounts.counted(workers, "worker") + " × " + Amounts.counted(replicas, "replica");
    }
}
