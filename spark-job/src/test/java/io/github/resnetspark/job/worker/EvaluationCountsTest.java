package io.github.resnetspark.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationCountsTest {
    @Test
    void countsTheClassesThatAreMoreProbable() {
        float[] probabilities = {0.3f, 0.25f, 0.2f, 0.1f, 0.08f, 0.07f};

        EvaluationCounts counts = EvaluationCounts.NONE
                .plus(probabilities, 0)
                .plus(probabilities, 4)
                .plus(probabilities, 5);

        assertThat(counts.examples()).isEqualTo(3);
        assertThat(counts.errors()).isEqualTo(2);
        assertThat(counts.top5Errors()).isEqualTo(1);
        assertThat(counts.top1()).isEqualTo(1 / 3.0);
        assertThat(counts.top5()).isEqualTo(2 / 3.0);
        assertThat(counts.lossSum()).isCloseTo(-Math.log(0.3) - Math.log(0.08) - Math.log(0.07), within(1e-6));
    }

    @Test
    void ofEqualProbabilitiesTheFirstCountsAsTheHigher() {
        float[] even = {0.5f, 0.5f};

        assertThat(EvaluationCounts.NONE.plus(even, 0).errors()).isZero();
        assertThat(EvaluationCounts.NONE.plus(even, 1).errors()).isEqualTo(1);
    }

    @Test
    void withFiveClassesOrFewerEveryPictureIsAmongTheFiveBest() {
        assertThat(EvaluationCounts.NONE.plus(new float[] {1, 0, 0, 0, 0}, 4).top5Errors())
                .isZero();
    }

    @Test
    void aProbabilityThatRoundsToNothingCostsMuchButNotInfinitelyMuch() {
        assertThat(EvaluationCounts.NONE.plus(new float[] {1, 0}, 1).loss()).isCloseTo(87.3365, within(1e-4));
    }

    @Test
    void aNetworkWhoseProbabilitiesAreNoNumbersIsWrongAboutEverything() {
        EvaluationCounts counts = EvaluationCounts.NONE.plus(new float[] {Float.NaN, Float.NaN}, 0);

        assertThat(counts.errors()).isEqualTo(1);
        assertThat(counts.top5Errors()).isEqualTo(1);
        assertThat(counts.loss()).isNaN();
        assertThat(EvaluationCounts.NONE.plus(new float[] {0.9f, Float.NaN}, 0).errors())
                .isEqualTo(1);
    }

    @Test
    void addsUp() {
        assertThat(new EvaluationCounts(10, 3, 1, 2.5).plus(new EvaluationCounts(5, 2, 0, 0.5)))
                .isEqualTo(new EvaluationCounts(15, 5, 1, 3.0));
    }
}
