package io.github.resnetspark.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CheckpointRhythmTest {
    private final AtomicLong now = new AtomicLong(5);
    private final CheckpointRhythm rhythm = new CheckpointRhythm(3, Duration.ofSeconds(10), now::get);

    @Test
    void isDueAfterTheNumberOfRounds() {
        assertThat(rhythm.dueAfterRound()).isFalse();
        assertThat(rhythm.dueAfterRound()).isFalse();
        assertThat(rhythm.dueAfterRound()).isTrue();
    }

    @Test
    void isDueAfterTheIntervalIfThatComesFirst() {
        assertThat(rhythm.dueAfterRound()).isFalse();
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(rhythm.dueAfterRound()).isTrue();
    }

    @Test
    void restartsBothAfterACheckpoint() {
        now.addAndGet(Duration.ofSeconds(9).toNanos());
        rhythm.dueAfterRound();
        rhythm.dueAfterRound();
        rhythm.written();
        now.addAndGet(Duration.ofSeconds(9).toNanos());

        assertThat(rhythm.dueAfterRound()).isFalse();
        assertThat(rhythm.dueAfterRound()).isFalse();
        assertThat(rhythm.dueAfterRound()).isTrue();
    }
}
