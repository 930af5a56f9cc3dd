package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 3", "1, 1", "1, 4", "10, 3", "12, 3", "1000, 7", "272474, 16"})
    void slicesCoverTheVectorAndDifferByAtMostOne(int length, int count) {
        StateSlices.Slices slices = new StateSlices.Slices(length, count);

        assertThat(slices.start(0)).isZero();
        assertThat(slices.start(count)).isEqualTo(length);
        IntSummaryStatistics sizes = IntStream.range(0, count).map(slices::size).summaryStatistics();
        assertThat(sizes.getSum()).isEqualTo(length);
        assertThat(sizes.getMax() - sizes.getMin()).isLessThanOrEqualTo(1);
    }

    @Test
    void largerSlicesComeFirst() {
        StateSlices.Slices slices = new StateSlices.Slices(10, 4);

        assertThat(IntStream.range(0, 4).map(slices::size)).containsExactly(3, 3, 2, 2);
        assertThat(slices.start(2)).isEqualTo(6);
    }

    @Test
    void rejectsInvalidLengthsAndCounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateSlices.Slices(5, 0))
                .withMessage("The number of slices is 0 but must be at least 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateSlices.Slices(-1, 2))
                .withMessage("A vector cannot have the length -1.");
    }
}
