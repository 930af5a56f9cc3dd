package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExponentialAverageTest {
    @Test
    void isTheMeanOfTheFirstRoundsAndThenDecays() {
        ExponentialAverage average = new ExponentialAverage(0.5);

        float[] first = average.with(new float[] {1000}, 0, new float[] {4});
        float[] second = average.with(first, 1, new float[] {8});
        float[] third = average.with(second, 2, new float[] {2});

        assertThat(first).containsExactly(4);
        assertThat(second).containsExactly(6);
        // 2/3 would be the mean of three; the decay of 0.5 is smaller.
        assertThat(third).containsExactly(4);
    }

    @Test
    void equalsTheParametersWithoutADecay() {
        assertThat(new ExponentialAverage(0).with(new float[] {7}, 9, new float[] {2}))
                .containsExactly(2);
    }

    @Test
    void rejectsADecayOfOne() {
        assertThatThrownBy(() -> new ExponentialAverage(1)).hasMessage("The decay is 1.0 but must be in [0, 1).");
    }
}
