package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.exchange.NetworkState;
import java.time.Instant;
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
}
