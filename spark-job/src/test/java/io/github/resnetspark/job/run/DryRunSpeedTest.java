package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.EpochRounds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DryRunSpeedTest {
    @Test
    void anEpochIsTheSumOfItsMinibatchesAndAveragings() {
        // 1000 pictures in steps of 64 are 16 steps, and 4 rounds of 5 of them.
        DryRun.Speed speed = DryRun.Speed.of(EpochRounds.of(AveragingSchedule.always(5), 90, 1000, 64), 16, 2, 0.5);

        assertThat(speed.rounds()).isEqualTo(90 * 4);
        assertThat(speed.secondsPerEpoch()).isCloseTo(16 * 2 + 4 * 0.5, within(1e-9));
    }

    @Test
    void anEpochHasTheMeanNumberOfAveragingsOfTheRun() {
        // Epochs of 16 rounds before the milestone, and of 4 after it.
        AveragingSchedule growing = new AveragingSchedule(
                List.of(1, 5), List.of(0.25), 4, Optional.empty(), 0, Optional.empty(), Integer.MAX_VALUE);

        DryRun.Speed speed = DryRun.Speed.of(EpochRounds.of(growing, 4, 1000, 64), 16, 2, 0.5);

        assertThat(speed.rounds()).isEqualTo(16 + 3 * 4);
        assertThat(speed.secondsPerEpoch()).isCloseTo(16 * 2 + 7 * 0.5, within(1e-9));
    }
}
