package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.exchange.NetworkState;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunStateFormatTest {
    private static final Instant STARTED = Instant.parse("2026-01-31T12:34:56Z");
    private static final RunState STATE =
            RunState.beginning(new NetworkState(new float[] {1, 2}, new float[] {3}), STARTED);

    @Test
    void keepsTheStartTimeOfTheRun() {
        CheckpointDirectory.Checkpoint checkpoint =
                RunStateFormat.toCheckpoint(STATE, new RunIdentity(new TreeMap<>(), "aaaa"));

        assertThat(RunStateFormat.fromCheckpoint(checkpoint).started()).isEqualTo(STARTED);
    }

    @Test
    void keepsHowRoundsAreSplitBetweenWorkersToTheBit() {
        SpeedBalance balance = new SpeedBalance(
                List.of(0.1, 1.0 / 3), List.of(0.2, 2.0 / 3), List.of(List.of(1e-9, 0.7), List.of(Math.PI, 1e10)));

        assertThat(RunStateFormat.fromCheckpoint(checkpoint(balance)).balance()).isEqualTo(balance);
    }

    @Test
    void aCheckpointOfAnEvenRunSaysNothingAboutWorkers() {
        CheckpointDirectory.Checkpoint checkpoint = checkpoint(SpeedBalance.EVEN);

        assertThat(checkpoint.progress().has("balance")).isFalse();
        assertThat(RunStateFormat.fromCheckpoint(checkpoint).balance()).isEqualTo(SpeedBalance.EVEN);
    }

    private static CheckpointDirectory.Checkpoint checkpoint(SpeedBalance balance) {
        return RunStateFormat.toCheckpoint(STATE.withBalance(balance), new RunIdentity(new TreeMap<>(), "aaaa"));
    }
}
