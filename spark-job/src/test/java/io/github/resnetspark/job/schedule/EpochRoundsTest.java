package io.github.resnetspark.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpochRoundsTest {
    @Test
    void theLastRoundOfAnEpochHasWhatIsLeft() {
        assertThat(EpochRounds.of(AveragingSchedule.always(3), 2, 1000, 100))
                .containsExactly(new EpochRounds(4, 100), new EpochRounds(4, 100));
        assertThat(EpochRounds.of(AveragingSchedule.always(5), 1, 1000, 100)).containsExactly(new EpochRounds(2, 500));
        assertThat(EpochRounds.of(AveragingSchedule.always(10), 1, 1, 100)).containsExactly(new EpochRounds(1, 1));
    }

    /** H is 1, 4 and 16 in the three epochs, but an epoch has only 10 steps. */
    @Test
    void followTheQuadraticRule() {
        LearningRateSchedule rate =
                Schedule.STEP.of(new Schedule.Settings(0.8, 3, Warmup.none(), List.of(1.0 / 3, 2.0 / 3), 0.5));
        AveragingSchedule schedule = new AveragingSchedule(
                List.of(1), List.of(), 3, Optional.empty(), 0, Optional.of(new QuadraticRule(0.8, rate)), 10);

        assertThat(EpochRounds.of(schedule, 3, 1000, 100))
                .containsExactly(new EpochRounds(10, 100), new EpochRounds(3, 200), new EpochRounds(1, 1000));
    }
}
