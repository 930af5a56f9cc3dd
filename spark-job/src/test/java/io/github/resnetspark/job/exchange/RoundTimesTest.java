package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RoundTimesTest {
    private static final RoundCosts COSTS = RoundCosts.ofWorker(4.5, 0.5)
            .and(RoundCosts.ofWorker(4, 0.5))
            .and(RoundCosts.ofSlice(1.5, 1))
            .and(RoundCosts.ofSlice(1.5, 1))
            .and(RoundCosts.ofReducer(2))
            .and(RoundCosts.ofReducer(1.75));

    @Test
    void whatAReducerDoesAtTheSameTimeCountsOnce() {
        RoundTimes times = RoundTimes.of(0.25, 10, COSTS.reducer(), COSTS, 2, 100);

        assertThat(times.shuffle()).isEqualTo(1.5, within(1e-9));
        assertThat(times.reduce()).isEqualTo(1, within(1e-9));
        assertThat(times.tasks())
                .as("the slowest worker and the slowest reducer")
                .isEqualTo(7, within(1e-9));
    }

    @Test
    void tasksTakeNoLongerThanTheJob() {
        assertThat(RoundTimes.of(0.25, 6, COSTS.reducer(), COSTS, 2, 100).tasks())
                .isEqualTo(6, within(1e-9));
    }
}
