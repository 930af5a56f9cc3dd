package io.github.resnetspark.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateScheduleTest {
    private static final List<Double> THIRDS = List.of(0.333, 0.667, 0.889);

    @ParameterizedTest
    @CsvSource({
        "0, 0.1",
        "1, 0.16",
        "2.5, 0.25",
        "5, 0.4",
        "29.9, 0.4",
        "30, 0.04",
        "60.1, 0.004",
        "89.99, 0.0004",
        "95, 0.0004"
    })
    void stepFallsAtItsMilestonesAfterALinearRise(double epoch, double rate) {
        LearningRateSchedule schedule =
                Schedule.STEP.of(new Schedule.Settings(0.4, 90, new Warmup(5, 0.1), THIRDS, 0.1));

        assertThat(schedule.at(epoch)).isCloseTo(rate, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 0.5", "10, 1", "20, 0.8535533905932737", "30, 0.5", "50, 0", "60, 0"})
    void cosineFallsToZeroAfterALinearRise(double epoch, double rate) {
        LearningRateSchedule schedule =
                Schedule.COSINE.of(new Schedule.Settings(1, 50, new Warmup(10, 0), List.of(), 1));

        assertThat(schedule.at(epoch)).isCloseTo(rate, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 0.5", "10, 1", "20, 0.75", "30, 0.5", "50, 0", "60, 0"})
    void linearFallsToZeroAfterALinearRise(double epoch, double rate) {
        LearningRateSchedule schedule =
                Schedule.LINEAR.of(new Schedule.Settings(1, 50, new Warmup(10, 0), List.of(), 1));

        assertThat(schedule.at(epoch)).isCloseTo(rate, within(1e-12));
        assertThat(schedule.withoutIncrease(epoch)).isCloseTo(epoch < 10 ? 1 : rate, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1", "2, 0.55", "4, 1", "7, 0.50005", "10, 0.0001", "11, 0.0001"})
    void oneCycleRisesDuringTheWarmupAndFallsToTheEnd(double epoch, double rate) {
        LearningRateSchedule schedule =
                Schedule.ONE_CYCLE.of(new Schedule.Settings(1, 10, new Warmup(4, 0.1), List.of(), 1));

        assertThat(schedule.at(epoch)).isCloseTo(rate, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.04", "1.5, 0.52", "3, 1", "10, 0.0001"})
    void oneCycleWithoutAWarmupRisesForThirtyPercentOfTheRun(double epoch, double rate) {
        LearningRateSchedule schedule =
                Schedule.ONE_CYCLE.of(new Schedule.Settings(1, 10, Warmup.none(), List.of(), 1));

        assertThat(schedule.at(epoch)).isCloseTo(rate, within(1e-12));
    }

    @Test
    void withoutAWarmupStepAndCosineStartAtThePeak() {
        assertThat(Schedule.STEP
                        .of(new Schedule.Settings(0.1, 90, Warmup.none(), THIRDS, 0.1))
                        .at(0))
                .isEqualTo(0.1);
        assertThat(Schedule.COSINE
                        .of(new Schedule.Settings(0.1, 90, Warmup.none(), List.of(), 1))
                        .at(0))
                .isEqualTo(0.1);
    }

    @Test
    void aMilestoneWithinTheWarmupLowersItsTarget() {
        LearningRateSchedule schedule =
                Schedule.STEP.of(new Schedule.Settings(1, 10, new Warmup(4, 0), List.of(0.2), 0.5));

        assertThat(schedule.at(2)).isEqualTo(0.25);
        assertThat(schedule.at(4)).isEqualTo(0.5);
    }

    static Stream<LearningRateSchedule> warmedUpForLongerThanTheRun() {
        Warmup warmup = new Warmup(5, 0);
        return Stream.of(
                Schedule.STEP.of(new Schedule.Settings(1, 3, warmup, List.of(), 0.1)),
                Schedule.COSINE.of(new Schedule.Settings(1, 3, warmup, List.of(), 1)),
                Schedule.ONE_CYCLE.of(new Schedule.Settings(1, 3, warmup, List.of(), 1)));
    }

    @ParameterizedTest
    @MethodSource("warmedUpForLongerThanTheRun")
    void aRunShorterThanItsWarmupOnlyRises(LearningRateSchedule schedule) {
        assertThat(schedule.at(1.5)).isCloseTo(0.3, within(1e-12));
        assertThat(schedule.at(3)).isCloseTo(0.6, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("warmedUpForLongerThanTheRun")
    void theRateIsFiniteAndNeverNegative(LearningRateSchedule schedule) {
        for (double epoch = -1; epoch < 8; epoch += 0.125) {
            assertThat(schedule.at(epoch)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void rejectsInvalidSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.COSINE.of(new Schedule.Settings(0, 90, Warmup.none(), List.of(), 1)))
                .withMessage("The learning rate is 0.0 but must be above 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.ONE_CYCLE.of(new Schedule.Settings(1, 0, Warmup.none(), List.of(), 1)))
                .withMessage("The length of the run in epochs is 0.0 but must be above 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.STEP.of(new Schedule.Settings(1, 90, Warmup.none(), List.of(30.0), 0.1)))
                .withMessage("A milestone is 30.0 but must be a fraction of the run, 0 to 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Warmup(Double.NaN, 0))
                .withMessage("The warm-up is NaN epochs but must be at least 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Warmup(5, -0.1))
                .withMessage("The warm-up starts at a learning rate of -0.1 but must start at 0 or more.");
    }
}
