package io.github.resnetspark.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    private final TrainingProgress progress = new TrainingProgress(4, 0, () -> 0, Optional.empty());

    @Test
    void reportsProgressSpeedAndRemainingTime() {
        RoundMetrics half = round(2, 500, 1.23456);

        // One and a half of four epochs took three minutes, so five minutes remain.
        assertThat(progress.line(half, Duration.ofMinutes(3)))
                .isEqualTo("epoch 2/4   50 %  loss 1.2346  lr 0.05000  212 images/s"
                        + "  5 min 0 s left  (compute 0.4, wait 0.0, average 0.1 s)");
    }

    @Test
    void reportsTheEnd() {
        RoundMetrics last = round(4, 1000, 1);

        assertThat(progress.line(last, Duration.ofHours(3))).contains("/s  done  (");
    }

    @Test
    void reportsHoursIfNeeded() {
        RoundMetrics early = round(1, 100, 1);

        assertThat(progress.line(early, Duration.ofMinutes(5))).contains("/s  3 h 15 min left  (");
    }

    @Test
    void computesTheSpeedOfAResumedRunFromThisProcessOnly() {
        RoundMetrics half = round(2, 500, 1.23456);

        // Half an epoch took one minute, so at that speed two and a half epochs take five more minutes.
        assertThat(new TrainingProgress(4, 0.25, () -> 0, Optional.empty()).line(half, Duration.ofMinutes(1)))
                .contains("/s  5 min 0 s left  (");
    }

    private static RoundMetrics round(int epoch, long position, double loss) {
        return new RoundMetrics(
                epoch,
                7,
                position,
                1000,
                100,
                2,
                32,
                loss,
                0.05,
                212.4,
                0.47,
                0.01,
                0.01,
                0.4,
                0.01,
                0.01,
                0.01,
                0.01,
                0.01,
                0.06,
                800,
                List.of(),
                ReplicaMetrics.of(List.of()));
    }
}
