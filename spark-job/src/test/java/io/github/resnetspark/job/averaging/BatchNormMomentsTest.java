package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormMomentsTest {
    /** A vector of one weight, then two channels: means at 1 and 2, variances at 3 and 4. */
    private static final BatchNormMoments TWO_CHANNELS = new BatchNormMoments(List.of(new RunningStatistics(1, 3, 2)));

    private static final float[] ZERO = new float[5];

    @Test
    void aroundZeroTheMomentIsTheMeanOfSquares() {
        float[] parameters = {9, 2, -3, 0.5f, 4};
        toMoments(parameters, ZERO);

        assertThat(parameters).containsExactly(9, 2, -3, 4.5f, 13);
    }

    @Test
    void twoWorkersCombineToTheStatisticsOfAllTheirExamples() {
        // Worker 0: 30 examples, mean 1, variance 2; worker 1: 10 examples, mean 5, variance 6.
        // All: mean (30·1 + 10·5) / 40 = 2; E[x²] = (30·3 + 10·31) / 40 = 10; variance 10 − 4 = 6.
        float[] centre = {0, 0.5f, 0, 1, 1};
        float[] first = {1, 1, 0, 2, 1};
        float[] second = {5, 5, 0, 6, 1};
        toMoments(first, centre);
        toMoments(second, centre);
        float[] average = WeightedAverage.of(List.of(
                        new Contribution(0, 30, RawFloats.of(first)), new Contribution(1, 10, RawFloats.of(second))))
                .values()
                .toArray();
        toVariances(average, centre);

        assertThat(average).containsExactly(2, 2, 0, 6, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void convertingThereAndBackKeepsTheVariance(long seed) {
        Random random = new Random(seed);
        float[] centre = new float[5];
        float[] parameters = new float[5];
        for (int i = 1; i <= 2; i++) {
            centre[i] = (float) random.nextGaussian();
            parameters[i] = centre[i] + 0.1f * (float) random.nextGaussian();
            parameters[i + 2] = random.nextFloat();
        }
        float[] result = parameters.clone();
        toMoments(result, centre);
        toVariances(result, centre);

        assertThat(result).containsExactly(parameters, offset(1e-6f));
    }

    @Test
    void aLargeMeanKeepsASmallVariance() {
        float[] centre = {0, 1000, 0, 0.01f, 0};
        float[] parameters = {0, 1000.125f, 0, 0.01f, 0};
        toMoments(parameters, centre);
        toVariances(parameters, centre);

        assertThat(parameters[3]).isCloseTo(0.01f, offset(1e-8f));
    }

    @Test
    void theVarianceIsNeverNegative() {
        float[] parameters = {0, 1, 2, 0.999999f, 0};
        toVariances(parameters, ZERO);

        assertThat(parameters).containsExactly(0, 1, 2, 0, 0);
    }

    @Test
    void aDivergedReplicaStaysVisibleAsNaN() {
        float[] parameters = {0, Float.NaN, 0, 1, 1};
        toVariances(parameters, ZERO);

        assertThat(parameters[3]).isNaN();
    }

    @Test
    void rejectsOverlappingStatistics() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunningStatistics(10, 12, 3))
                .withMessage("The running means at index 10 and the variances at 12 overlap: there are 3 of each.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunningStatistics(10, 12, 0))
                .withMessage("Running means at index 10 and variances at 12 for 0 channels are not possible:"
                        + " indices must be at least 0, and channels at least 1.");
    }

    private static void toMoments(float[] parameters, float[] centre) {
        TWO_CHANNELS.toMoments(FloatBuffer.wrap(parameters), TWO_CHANNELS.means(FloatBuffer.wrap(centre)::get));
    }

    private static void toVariances(float[] parameters, float[] centre) {
        TWO_CHANNELS.toVariances(FloatBuffer.wrap(parameters), TWO_CHANNELS.means(FloatBuffer.wrap(centre)::get));
    }
}
