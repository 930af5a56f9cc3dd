package io.github.resnetspark.job.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSlicesTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 3", "1, 1", "1, 4", "10, 3", "12, 3", "1000, 7", "272474, 16"})
    void whatIsCutJoinsToTheSameVector(int length, int count) {
        ParameterSlices slices = new ParameterSlices(length, count);
        float[] vector = vector(length);
        List<float[]> cut = IntStream.range(0, count)
                .mapToObj(slice -> slices.cut(vector, slice))
                .toList();

        assertThat(slices.join(cut)).isEqualTo(vector);
        assertThat(slices.start(0)).isZero();
        assertThat(slices.start(count)).isEqualTo(length);
        assertThat(cut.stream().mapToInt(values -> values.length).max().orElseThrow()
                        - cut.stream().mapToInt(values -> values.length).min().orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void largerSlicesComeFirst() {
        ParameterSlices slices = new ParameterSlices(10, 4);

        assertThat(IntStream.range(0, 4).map(slices::size)).containsExactly(3, 3, 2, 2);
        assertThat(slices.cut(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 2)).containsExactly(6, 7);
    }

    @Test
    void refusesVectorsAndSlicesOfAnotherLength() {
        ParameterSlices slices = new ParameterSlices(5, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> slices.cut(new float[4], 0))
                .withMessage("the vector has 4 values but must have 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slices.join(List.of(new float[3])))
                .withMessage("there are 1 slices but must be 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slices.join(List.of(new float[3], new float[3])))
                .withMessage("slice 1 has 3 values but must have 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParameterSlices(5, 0))
                .withMessage("the number of slices is 0 but must be at least 1");
    }

    private static float[] vector(int length) {
        Random random = new Random(length);
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = random.nextFloat();
        }
        return vector;
    }
}
