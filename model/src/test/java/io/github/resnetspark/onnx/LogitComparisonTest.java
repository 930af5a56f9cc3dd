package io.github.resnetspark.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.message.model.OnnxReasons;
import org.junit.jupiter.api.Test;

class LogitComparisonTest {
    private final LogitComparison comparison = new LogitComparison();

    @Test
    void allowsATenThousandthOfTheLargestLogit() {
        comparison.add(new float[][] {{10, 2}, {1, 2}}, new float[][] {{10.0009f, 2}, {1, 1.9991f}});

        assertThatCode(comparison::require).doesNotThrowAnyException();
    }

    @Test
    void refusesALargerDifferenceAndCountsTheClassesThatChanged() {
        comparison.add(new float[][] {{10, 2}}, new float[][] {{10, 2.0011f}});
        comparison.add(new float[][] {{1, 2}, {3, 4}}, new float[][] {{1, 2}, {4, 3}});

        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(comparison::require)
                .withMessage(OnnxFailures.differs(OnnxReasons.logits(3, 1, 10, 1)));
    }

    @Test
    void refusesAnotherClassEvenIfTheLogitsOfThatPictureAreSmall() {
        comparison.add(new float[][] {{100, 2}, {0.001f, 0}}, new float[][] {{100, 2}, {0, 0.001f}});

        assertThatExceptionOfType(OnnxException.class).isThrownBy(comparison::require);
    }

    @Test
    void treatsTwoClassesWithAlmostTheSameLogitAsOne() {
        comparison.add(new float[][] {{1, 1.00001f}}, new float[][] {{1.00001f, 1}});

        assertThatCode(comparison::require).doesNotThrowAnyException();
    }

    @Test
    void refusesANanThatOnlyTheModelHas() {
        comparison.add(new float[][] {{1, 2}}, new float[][] {{1, Float.NaN}});

        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(comparison::require)
                .withMessageContaining("for 1 picture the logits differ by up to NaN");
    }
}
