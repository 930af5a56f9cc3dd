package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DryRunSpeedTest {
    @Test
    void anEpochIsTheSumOfItsMinibatchesAndAveragings() {
        // 1000 pictures in steps of 64 are 16 steps, and 4 rounds of 5 of them.
        assertThat(DryRun.Speed.of(1000, 64, 5, 2, 0.5).secondsPerEpoch()).isCloseTo(16 * 2 + 4 * 0.5, within(1e-9));
    }
}
