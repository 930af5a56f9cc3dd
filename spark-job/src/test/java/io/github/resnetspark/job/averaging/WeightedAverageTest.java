package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
        float[] average = WeightedAverage.of(List.of(
                new Contribution(0, 32, new float[] {1, 0}),
                new Contribution(1, 64, new float[] {4, 0.5f}),
                new Contribution(2, 32, new float[] {-2, 1})));

        assertThat(average).containsExactly(1.75f, 0.5f);
    }

    @Test
    void aWorkerWithoutExamplesIsIgnoredWhateverItSends() {
        float[] average = WeightedAverage.of(List.of(
                new Contribution(0, 0, new float[] {Float.NaN, 5, 5}),
                new Contribution(1, 10, new float[] {3, 0.25f})));

        assertThat(average).containsExactly(3, 0.25f);
    }

    @Test
    void oneWorkersValuesComeBackBitForBit() {
        float[] values = {0.1f, -1e-30f, 3e30f, Float.MIN_VALUE};

        assertThat(WeightedAverage.of(List.of(new Contribution(4, 33, values)))).isEqualTo(values);
    }

    @Test
    void equalValuesOfManyWorkersComeBackBitForBit() {
        List<Contribution> contributions = new ArrayList<>();
        for (int worker = 0; worker < 64; worker++) {
            contributions.add(new Contribution(worker, 320 + worker, new float[] {0.1f, 1e-20f, -7.7f}));
        }

        assertThat(WeightedAverage.of(contributions)).containsExactly(0.1f, 1e-20f, -7.7f);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 17})
    void doesNotDependOnTheOrderOfArrival(int workers) {
        Random random = new Random(workers);
        List<Contribution> contributions = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            contributions.add(new Contribution(worker, 1 + random.nextInt(400), gaussians(random, 500)));
        }
        float[] inOrder = WeightedAverage.of(contributions);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(contributions, random);
            assertThat(WeightedAverage.of(contributions)).isEqualTo(inOrder);
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
            contributions.add(new Contribution(worker, count, new float[] {value}));
            for (int example = 0; example < count; example++) {
                sum += value;
                examples++;
            }
        }

        assertThat((double) WeightedAverage.of(contributions)[0]).isCloseTo(sum / examples, within(1e-6));
    }

    @Test
    void aSlicedAverageEqualsTheAverageOfWholeVectors() {
        Random random = new Random(9);
        ParameterSlices slices = new ParameterSlices(1001, 4);
        List<Contribution> whole = new ArrayList<>();
        for (int worker = 0; worker < 3; worker++) {
            whole.add(new Contribution(worker, 100L * (worker + 1), gaussians(random, 1001)));
        }
        List<float[]> averagedSlices = new ArrayList<>();
        for (int slice = 0; slice < 4; slice++) {
            List<Contribution> parts = new ArrayList<>();
            for (Contribution contribution : whole) {
                parts.add(new Contribution(
                        contribution.worker(), contribution.examples(), slices.cut(contribution.values(), slice)));
            }
            averagedSlices.add(WeightedAverage.of(parts));
        }

        assertThat(slices.join(averagedSlices)).isEqualTo(WeightedAverage.of(whole));
    }

    @Test
    void refusesWhatHasNoAverage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedAverage.of(List.of(new Contribution(0, 0, new float[2]))))
                .withMessage("none of 1 workers trained on any example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedAverage.of(
                        List.of(new Contribution(3, 1, new float[2]), new Contribution(3, 1, new float[2]))))
                .withMessage("worker 3 contributes twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedAverage.of(
                        List.of(new Contribution(1, 1, new float[3]), new Contribution(0, 1, new float[2]))))
                .withMessage("worker 1 sent 3 values but worker 0 sent 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contribution(1, -1, new float[3]))
                .withMessage("worker 1 reports -1 examples");
    }

    private static float[] gaussians(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
