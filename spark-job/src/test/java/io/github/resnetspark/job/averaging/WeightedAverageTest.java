package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.exchange.StateSlices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedAverageTest {
    @Test
    void weighsEachWorkerByItsExamples() {
        // (32·1 + 64·4 + 32·(−2)) / 128 = 1.75 and (32·0 + 64·0.5 + 32·1) / 128 = 0.5
        WeightedAverage average = WeightedAverage.of(List.of(
                new Contribution(0, 32, RawFloats.of(1, 0)),
                new Contribution(1, 64, RawFloats.of(4, 0.5f)),
                new Contribution(2, 32, RawFloats.of(-2, 1))));

        assertThat(average.values().toArray()).containsExactly(1.75f, 0.5f);
    }

    @Test
    void aWorkerWithoutExamplesIsIgnored() {
        WeightedAverage average = WeightedAverage.of(List.of(
                new Contribution(0, 0, RawFloats.of(Float.NaN, 5, 5)),
                new Contribution(1, 10, RawFloats.of(3, 0.25f))));

        assertThat(average.values().toArray()).containsExactly(3, 0.25f);
    }

    @Test
    void theAverageOfOneWorkerIsBitIdentical() {
        float[] values = {0.1f, -1e-30f, 3e30f, Float.MIN_VALUE, -0f};

        assertThat(WeightedAverage.of(List.of(new Contribution(4, 33, RawFloats.of(values))))
                        .values()
                        .toArray())
                .isEqualTo(values);
    }

    @Test
    void theAverageOfEqualValuesIsBitIdentical() {
        List<Contribution> contributions = new ArrayList<>();
        for (int worker = 0; worker < 64; worker++) {
            contributions.add(new Contribution(worker, 320 + worker, RawFloats.of(0.1f, 1e-20f, -7.7f)));
        }

        assertThat(WeightedAverage.of(contributions).values().toArray()).containsExactly(0.1f, 1e-20f, -7.7f);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 17})
    void doesNotDependOnTheOrderOfArrival(int workers) {
        Random random = new Random(workers);
        List<Contribution> contributions = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            contributions.add(new Contribution(worker, 1 + random.nextInt(400), RawFloats.of(gaussians(random, 500))));
        }
        float[] inOrder = WeightedAverage.of(contributions).values().toArray();
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(contributions, random);
            assertThat(WeightedAverage.of(contributions).values().toArray()).isEqualTo(inOrder);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalsTheMeanOverAllExamples(long seed) {
        Random random = new Random(seed);
        List<Contribution> contributions = new ArrayList<>();
        double sum = 0;
        int examples = 0;
        for (int worker = 0; worker < 6; worker++) {
            int count = random.nextInt(50);
            float value = (float) random.nextGaussian();
            contributions.add(new Contribution(worker, count, RawFloats.of(value)));
            for (int example = 0; example < count; example++) {
                sum += value;
                examples++;
            }
        }

        assertThat((double) WeightedAverage.of(contributions).values().toArray()[0])
                .isCloseTo(sum / examples, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 8})
    void equalWeightsGiveExactlyThePlainMean(int workers) {
        Random random = new Random(workers);
        List<Contribution> contributions = new ArrayList<>();
        double[] sum = new double[5_000];
        for (int worker = 0; worker < workers; worker++) {
            float[] values = gaussians(random, sum.length);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
            contributions.add(new Contribution(worker, 640, RawFloats.of(values)));
        }

        float[] average = WeightedAverage.of(contributions).values().toArray();

        for (int i = 0; i < sum.length; i++) {
            assertThat(average[i]).isEqualTo((float) (sum[i] / workers));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void reportsWhetherAllMeansAreFinite(float value) {
        RawFloats others = RawFloats.of(gaussians(new Random(1), 1_000));
        assertThat(mean(RawFloats.zeros(1_000), others).isFinite()).isTrue();
        for (int at : new int[] {0, 511, 512, 999}) {
            float[] values = new float[1_000];
            values[at] = value;

            assertThat(mean(RawFloats.of(values), others).isFinite()).isFalse();
            assertThat(mean(others, RawFloats.of(values)).isFinite()).isFalse();
        }
    }

    @Test
    void theMeanOfTheLargestFloatsIsFinite() {
        RawFloats largest = RawFloats.of(Float.MAX_VALUE, -Float.MAX_VALUE);

        assertThat(mean(largest, largest).values().toArray()).containsExactly(Float.MAX_VALUE, -Float.MAX_VALUE);
        assertThat(mean(largest, largest).isFinite()).isTrue();
    }

    @Test
    void averagingSlicesEqualsAveragingWholeVectors() {
        Random random = new Random(9);
        // Long enough for several turns over a slice, the last one a short one.
        StateSlices.Slices slices = new StateSlices.Slices(40_001, 4);
        List<float[]> whole = List.of(gaussians(random, 40_001), gaussians(random, 40_001), gaussians(random, 40_001));
        float[] joined = new float[40_001];
        for (int slice = 0; slice < 4; slice++) {
            List<Contribution> parts = new ArrayList<>();
            for (int worker = 0; worker < 3; worker++) {
                RawFloats cut = RawFloats.zeros(slices.size(slice));
                cut.set(0, whole.get(worker), slices.start(slice), cut.length());
                parts.add(new Contribution(worker, 100L * (worker + 1), cut));
            }
            WeightedAverage.of(parts).values().get(0, joined, slices.start(slice), slices.size(slice));
        }

        for (int i = 0; i < joined.length; i++) {
            double mean = (100.0 * whole.get(0)[i] + 200.0 * whole.get(1)[i] + 300.0 * whole.get(2)[i]) / 600;
            assertThat(joined[i]).isEqualTo((float) mean);
        }
    }

    @Test
    void rejectsContributionsWithoutAnAverage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedAverage.of(List.of(new Contribution(0, 0, RawFloats.zeros(2)))))
                .withMessage("None of the 1 workers trained on an example.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedAverage.of(List.of(
                        new Contribution(3, 1, RawFloats.zeros(2)), new Contribution(3, 1, RawFloats.zeros(2)))))
                .withMessage("Worker 3 contributes twice.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedAverage.of(List.of(
                        new Contribution(1, 1, RawFloats.zeros(3)), new Contribution(0, 1, RawFloats.zeros(2)))))
                .withMessage("Worker 1 sent 3 values but worker 0 sent 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contribution(1, -1, RawFloats.zeros(3)))
                .withMessage("Worker 1 reports -1 examples but must report at least 0.");
    }

    private static WeightedAverage mean(RawFloats first, RawFloats second) {
        return WeightedAverage.of(List.of(new Contribution(0, 7, first), new Contribution(1, 7, second)));
    }

    private static float[] gaussians(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
