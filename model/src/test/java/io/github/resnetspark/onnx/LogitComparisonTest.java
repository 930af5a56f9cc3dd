package io.github.resnetspark.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class LogitComparisonTest {
    private final LogitComparison comparison = new LogitComparison();

    @Test
    void allowsATenThousandthOfTheLargestLogit() {
        comparison.add(new float[][] {{10, 2}, {1, 2}}, new float[][] {{10.0009f, 2}, {1, 1.9991f}});

        assertThatCode(comparison::require).doesNotThrowAnyException();
    }

    @Test
    void refusesMoreAndTellsWhichClassesChanged() {
        comparison.add(new float[][] {{10, 2}}, new float[][] {{10, 2.0011f}});
        comparison.add(new float[][] {{1, 2}, {3, 4}}, new float[][] {{1, 2}, {4, 3}});

        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(comparison::require)
                .withMessage(
                        "The exported model is not the network: over 3 pictures its logits differ by up to 1.00, where"
                                + " the largest is 10.0, and 1 get another class. Use the DL4J file of this model instead.");
    }

    @Test
    void refusesAnotherClassEvenWhereTheLogitsOfOnePictureAreSmall() {
        comparison.add(new float[][] {{100, 2}, {0.001f, 0}}, new float[][] {{100, 2}, {0, 0.001f}});

        assertThatExceptionOfType(OnnxException.class).isThrownBy(comparison::require);
    }

    @Test
    void countsTwoClassesThatTheNetworkHardlyTellsApartAsOne() {
        comparison.add(new float[][] {{1, 1.00001f}}, new float[][] {{1.00001f, 1}});

        assertThatCode(comparison::require).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsNoNumberInTheModelOnly() {
        comparison.add(new float[][] {{1, 2}}, new float[][] {{1, Float.NaN}});

        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(comparison::require)
                .withMessageStartingWith(
                        "The exported model is not the network: over 1 pictures its logits differ by up" + " to NaN");
    }
}
