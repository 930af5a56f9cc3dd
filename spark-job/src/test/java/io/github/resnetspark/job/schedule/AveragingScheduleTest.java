package io.github.resnetspark.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AveragingScheduleTest {
    private static final int LONG = 1000;

    @Test
    void changesAtTheFractionsOfTheRun() {
        AveragingSchedule schedule = fixed(List.of(1, 4, 16), List.of(0.1, 0.5), Optional.empty(), 0);

        assertThat(List.of(0.0, 1.999, 2.0, 9.99, 10.0, 20.0))
                .extracting(schedule::at)
                .containsExactly(1, 1, 4, 4, 16, 16);
        assertThat(schedule.inWords()).isEqualTo("every minibatch, then every 4, then every 16 minibatches");
    }

    @Test
    void hasASeparateValueDuringTheWarmup() {
        AveragingSchedule schedule = fixed(List.of(8, 16), List.of(0.1), Optional.of(1), 5);

        assertThat(List.of(0.0, 2.0, 4.999, 5.0)).extracting(schedule::at).containsExactly(1, 1, 1, 16);
    }

    @Test
    void keepsTheFirstValueDuringAWarmupWithoutOne() {
        AveragingSchedule schedule = fixed(List.of(8, 16), List.of(0.1), Optional.empty(), 5);

        assertThat(List.of(0.0, 2.0, 4.999, 5.0)).extracting(schedule::at).containsExactly(8, 8, 8, 16);
    }

    @Test
    void canBeConstant() {
        assertThat(AveragingSchedule.always(10).at(0)).isEqualTo(10);
        assertThat(AveragingSchedule.always(10).at(100)).isEqualTo(10);
        assertThat(AveragingSchedule.always(10).inWords()).isEqualTo("every 10 minibatches");
        assertThat(AveragingSchedule.always(1).inWords()).isEqualTo("every minibatch");
        assertThat(fixed(List.of(8, 1), List.of(0.5), Optional.empty(), 0).inWords())
                .isEqualTo("every 8, then every minibatch");
    }

    @Test
    void isNeverLongerThanTheLargestPossibleRound() {
        AveragingSchedule schedule =
                new AveragingSchedule(List.of(2, 10), List.of(0.5), 20, Optional.of(7), 1, Optional.empty(), 5);

        assertThat(List.of(0.0, 1.0, 10.0)).extracting(schedule::at).containsExactly(5, 2, 5);
        assertThat(schedule.inWords()).isEqualTo("every 2, then every 5 minibatches");
    }

    @Test
    void rejectsAWrongNumberOfValues() {
        assertThatThrownBy(() -> fixed(List.of(1, 2), List.of(), Optional.empty(), 0))
                .hasMessage("0 milestones need 1 values, not 2.");
    }

    @Test
    void growsWithTheSquareOfAFallingCosine() {
        LearningRateSchedule rate = Schedule.COSINE.of(new Schedule.Settings(0.8, 200, Warmup.none(), List.of(), 1));
        AveragingSchedule schedule = quadratic(List.of(4), List.of(), Optional.empty(), 0, 0.2, rate);

        // The rate is 0.4 at half of the run, 0.8 · (1 + cos 135°) / 2 = 0.11716 at three quarters, and
        // 0.8 · (1 + cos 162°) / 2 = 0.019577 at nine tenths: (0.2 / 0.11716)² = 2.9, (0.2 / 0.019577)² = 104.4.
        assertThat(List.of(0.0, 100.0, 150.0, 180.0, 199.9, 200.0))
                .extracting(schedule::at)
                .containsExactly(4, 4, 4, 104, LONG, LONG);
        assertThat(schedule.inWords())
                .isEqualTo("every 4 minibatches, or every (0.2 / learning rate)² if that is more");
    }

    /** In binary arithmetic (0.3 / 0.1)² and (0.3 / 0.01)² are slightly below 9 and 900. */
    @Test
    void growsWithTheSquareOfEachStep() {
        LearningRateSchedule rate =
                Schedule.STEP.of(new Schedule.Settings(0.1, 20, Warmup.none(), List.of(0.5, 0.75), 0.1));
        AveragingSchedule schedule = quadratic(List.of(4), List.of(), Optional.empty(), 0, 0.3, rate);

        assertThat(List.of(0.0, 9.999, 10.0, 14.9, 15.0))
                .extracting(schedule::at)
                .containsExactly(9, 9, 900, 900, LONG);
        assertThat(quadratic(List.of(4), List.of(), Optional.empty(), 0, 0.299, rate)
                        .at(0))
                .as("(0.299 / 0.1)² = 8.94, rounded down")
                .isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Schedule.class)
    void usesTheRateThatTheWarmupLeadsTo(Schedule kind) {
        LearningRateSchedule rate = kind.of(new Schedule.Settings(0.1, 20, new Warmup(5, 0.001), List.of(0.5), 0.1));
        AveragingSchedule schedule = quadratic(List.of(4), List.of(), Optional.empty(), 5, 0.3, rate);

        assertThat(List.of(0.0, 2.0, 4.999, 5.0)).extracting(schedule::at).containsOnly(9);
        assertThat(schedule.at(19.5)).isGreaterThan(800);
    }

    @Test
    void usesThePeakWhileOneCycleRisesWithoutAWarmup() {
        LearningRateSchedule rate = Schedule.ONE_CYCLE.of(new Schedule.Settings(0.1, 20, Warmup.none(), List.of(), 1));
        AveragingSchedule schedule = quadratic(List.of(4), List.of(), Optional.empty(), 0, 0.3, rate);

        assertThat(List.of(0.0, 3.0, 6.0)).extracting(schedule::at).containsOnly(9);
    }

    @Test
    void usesTheRateOfTheWarmupsEndEvenIfTheRunEndsBefore() {
        LearningRateSchedule rate =
                Schedule.COSINE.of(new Schedule.Settings(0.1, 3, new Warmup(5, 0.001), List.of(), 1));
        AveragingSchedule schedule = quadratic(List.of(4), List.of(), Optional.empty(), 5, 0.3, rate);

        assertThat(List.of(0.0, 1.0, 2.999)).extracting(schedule::at).containsOnly(9);
    }

    @Test
    void prefersTheValueOfTheWarmupIfThereIsOne() {
        LearningRateSchedule rate =
                Schedule.COSINE.of(new Schedule.Settings(0.1, 20, new Warmup(5, 0.001), List.of(), 1));
        AveragingSchedule schedule = quadratic(List.of(4), List.of(), Optional.of(1), 5, 0.3, rate);

        assertThat(List.of(0.0, 4.999, 5.0)).extracting(schedule::at).containsExactly(1, 1, 9);
    }

    @Test
    void takesTheValuesBetweenMilestonesAsTheSmallest() {
        LearningRateSchedule rate = Schedule.STEP.of(new Schedule.Settings(0.1, 20, Warmup.none(), List.of(0.75), 0.1));
        AveragingSchedule schedule = quadratic(List.of(1, 16), List.of(0.25), Optional.empty(), 0, 0.3, rate);

        assertThat(List.of(0.0, 5.0, 15.0)).extracting(schedule::at).containsExactly(9, 16, 900);
    }

    private static AveragingSchedule fixed(
            List<Integer> every, List<Double> milestones, Optional<Integer> warmupEvery, double warmupEpochs) {
        return new AveragingSchedule(
                every, milestones, 20, warmupEvery, warmupEpochs, Optional.empty(), Integer.MAX_VALUE);
    }

    private static AveragingSchedule quadratic(
            List<Integer> every,
            List<Double> milestones,
            Optional<Integer> warmupEvery,
            double warmupEpochs,
            double alpha,
            LearningRateSchedule rate) {
        return new AveragingSchedule(
                every, milestones, 20, warmupEvery, warmupEpochs, Optional.of(new QuadraticRule(alpha, rate)), LONG);
    }
}
