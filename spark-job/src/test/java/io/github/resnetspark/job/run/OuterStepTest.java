package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import io.github.resnetspark.job.averaging.ExponentialAverage;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OuterStepTest {
    /** One weight, then a running mean and a running variance. */
    private static final BatchNormMoments MOMENTS = new BatchNormMoments(List.of(new RunningStatistics(1, 2, 1)));

    private static final AveragedState START = state(1, 10, 4);
    private static final AveragedState AVERAGED = state(0.5f, 12, 0.25f);

    @Test
    void usesTheAverageUnchangedByDefault() {
        OuterStep.Result result =
                new OuterStep(AveragingRule.plain(1), MOMENTS).after(START, AVERAGED, OuterStep.State.NONE);

        assertThat(result.network()).as("what executors have of it too").isSameAs(AVERAGED);
        assertThat(result.network().get().parameters()).containsExactly(0.5f, 12, 0.25f);
        assertThat(result.network().get().updaterState()).containsExactly(3);
        assertThat(result.outer().velocity()).isEmpty();
        assertThat(result.outer().ema()).isEmpty();
    }

    @Test
    void appliesMomentumToWeightsButNotToRunningStatistics() {
        OuterStep step = step(new OuterNesterov(0.5, 1), InnerMomentum.AVERAGE, Optional.empty());

        OuterStep.Result first = step.after(START, AVERAGED, OuterStep.State.NONE);
        // Δ = 0.5, v = 0.5: 1 − (0.5 + 0.25).
        assertThat(first.network().get().parameters()).containsExactly(0.25f, 12, 0.25f);
        assertThat(first.outer().velocity()).containsExactly(0.5f, 0, 0);

        OuterStep.Result second = step.after(first.network(), state(0.25f, 11, 0.125f), first.outer());
        // Δ = 0, v = 0.25: 0.25 − 0.125.
        assertThat(second.network().get().parameters()).containsExactly(0.125f, 11, 0.125f);
        assertThat(second.outer().velocity()).containsExactly(0.25f, 0, 0);
    }

    @Test
    void keepsAMovingAverageOverTheRounds() {
        OuterStep step = step(new OuterNesterov(0, 1), InnerMomentum.AVERAGE, Optional.of(new ExponentialAverage(0.9)));

        OuterStep.Result first = step.after(START, AVERAGED, OuterStep.State.NONE);
        OuterStep.Result second = step.after(first.network(), state(1.5f, 14, 0.75f), first.outer());

        assertThat(first.outer().ema()).containsExactly(0.5f, 12, 0.25f);
        assertThat(second.outer().ema()).containsExactly(1, 13, 0.5f);
        assertThat(second.outer().rounds()).isEqualTo(2);
        assertThat(second.network().get().parameters()).containsExactly(1.5f, 14, 0.75f);
    }

    private static OuterStep step(OuterNesterov outer, InnerMomentum momentum, Optional<ExponentialAverage> ema) {
        return new OuterStep(
                new AveragingRule(AveragingSchedule.always(1), Optional.empty(), momentum, outer, ema), MOMENTS);
    }

    private static AveragedState state(float weight, float mean, float variance) {
        return AveragedState.of(new NetworkState(new float[] {weight, mean, variance}, new float[] {3}));
    }
}
