package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OuterNesterovTest {
    /** Round 1: Δ = (0.5, −2), v = Δ. Round 2: Δ = (0.5, 0), v = (0.75, −1) at μ = 0.5. */
    @Test
    void matchesStepsComputedByHand() {
        OuterNesterov outer = new OuterNesterov(0.5, 0.5);
        float[] start = {1, 1};
        float[] average = {0.5f, 3};

        float[] velocity = outer.velocity(new float[2], start, average);
        float[] next = outer.step(velocity, start, average);

        assertThat(velocity).containsExactly(0.5f, -2);
        // 1 − 0.5·(0.5 + 0.25) and 1 − 0.5·(−2 − 1).
        assertThat(next).containsExactly(0.625f, 2.5f);

        float[] second = {0.125f, 2.5f};
        float[] velocityAfter = outer.velocity(velocity, next, second);
        assertThat(velocityAfter).containsExactly(0.75f, -1);
        // 0.625 − 0.5·(0.5 + 0.375) and 2.5 − 0.5·(0 − 0.5).
        assertThat(outer.step(velocityAfter, next, second)).containsExactly(0.1875f, 2.75f);
    }

    @Test
    void isPlainAveragingWithoutMomentumAtRateOne() {
        OuterNesterov outer = new OuterNesterov(0, 1);

        assertThat(outer.isPlainAveraging()).isTrue();
        assertThat(new OuterNesterov(0.9, 1).isPlainAveraging()).isFalse();
        assertThat(outer.step(
                        outer.velocity(new float[1], new float[] {3}, new float[] {5}), new float[] {3}, new float[] {5
                        }))
                .containsExactly(5);
    }

    @Test
    void rejectsInvalidMomentumAndRate() {
        assertThatThrownBy(() -> new OuterNesterov(1, 1))
                .hasMessage("The outer momentum is 1.0 but must be in [0, 1).");
        assertThatThrownBy(() -> new OuterNesterov(0, 0))
                .hasMessage("The outer learning rate is 0.0 but must be above 0.");
    }
}
