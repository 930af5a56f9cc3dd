package io.github.resnetspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluationCountsTest {
    @Test
    void countsMoreProbableClasses() {
        float[] probabilities = {0.3f, 0.25f, 0.2f, 0.1f, 0.08f, 0.07f};

        EvaluationCounts counts = new EvaluationTally()
                .add(probabilities, 0, EvaluationCountsTest::noPicture)
                .add(probabilities, 4, EvaluationCountsTest::noPicture)
                .add(probabilities, 5, EvaluationCountsTest::noPicture)
                .counts();

        assertThat(counts.examples()).isEqualTo(3);
        assertThat(counts.errors()).isEqualTo(2);
        assertThat(counts.top5Errors()).isEqualTo(1);
        assertThat(counts.top1()).isEqualTo(1 / 3.0);
        assertThat(counts.top5()).isEqualTo(2 / 3.0);
        assertThat(counts.lossSum()).isCloseTo(-Math.log(0.3) - Math.log(0.08) - Math.log(0.07), within(1e-6));
    }

    @Test
    void theFirstOfEqualProbabilitiesCountsAsHigher() {
        float[] even = {0.5f, 0.5f};

        assertThat(counts(even, 0).errors()).isZero();
        assertThat(counts(even, 1).errors()).isEqualTo(1);
    }

    @Test
    void withFiveClassesOrFewerEveryTop5IsRight() {
        assertThat(counts(new float[] {1, 0, 0, 0, 0}, 4).top5Errors()).isZero();
    }

    @Test
    void aProbabilityThatRoundsToZeroHasAFiniteLoss() {
        assertThat(counts(new float[] {1, 0}, 1).loss()).isCloseTo(87.3365, within(1e-4));
    }

    @Test
    void everyPictureWithNaNIsAnError() {
        EvaluationCounts counts = counts(new float[] {Float.NaN, Float.NaN}, 0);

        assertThat(counts.errors()).isEqualTo(1);
        assertThat(counts.top5Errors()).isEqualTo(1);
        assertThat(counts.loss()).isNaN();
        assertThat(counts(new float[] {0.9f, Float.NaN}, 0).errors()).isEqualTo(1);
    }

    @Test
    void partsAddUpToTheWhole() {
        Random random = new Random(7);
        EvaluationTally whole = new EvaluationTally();
        EvaluationTally first = new EvaluationTally();
        EvaluationTally second = new EvaluationTally();
        for (int i = 0; i < 200; i++) {
            // Sixteenths, so that sums do not depend on their order.
            float[] probabilities = {random.nextInt(1, 8) / 16f, random.nextInt(1, 8) / 16f, random.nextInt(1, 8) / 16f
            };
            int label = random.nextInt(3);
            String thumbnail = "picture " + i;
            whole.add(probabilities, label, () -> thumbnail);
            (i % 3 == 0 ? first : second).add(probabilities, label, () -> thumbnail);
        }

        EvaluationCounts sum = EvaluationCounts.NONE.plus(first.counts()).plus(second.counts());

        assertThat(sum.lossSum()).isCloseTo(whole.counts().lossSum(), within(1e-9));
        assertThat(sum).usingRecursiveComparison().ignoringFields("lossSum").isEqualTo(whole.counts());
    }

    @Test
    void keepsTheMostConfidentMistakesAndTheLeastSureRightAnswers() {
        EvaluationTally tally = new EvaluationTally();
        for (int i = 0; i < 100; i++) {
            float probability = 0.5f + i / 200f;
            String thumbnail = "picture " + i;
            tally.add(new float[] {probability, 1 - probability}, i % 2, () -> thumbnail);
        }

        NotablePictures notable = tally.counts().notable();

        assertThat(notable.mistakes())
                .hasSize(24)
                .first()
                .isEqualTo(new NotablePictures.Notable(1, 0, 0.995f, "picture 99"));
        assertThat(notable.unsure())
                .hasSize(12)
                .first()
                .isEqualTo(new NotablePictures.Notable(0, 0, 0.5f, "picture 0"));
        assertThat(notable.mistakes()).extracting("label").containsOnly(1);
        assertThat(notable.unsure()).extracting("label").containsOnly(0);
    }

    @Test
    void countsPredictionsByActualClass() {
        EvaluationCounts counts = new EvaluationTally()
                .add(new float[] {0.8f, 0.1f, 0.1f, 0}, 0, EvaluationCountsTest::noPicture)
                .add(new float[] {0.1f, 0.8f, 0.1f, 0}, 0, EvaluationCountsTest::noPicture)
                .add(new float[] {0.1f, 0.7f, 0.2f, 0}, 0, EvaluationCountsTest::noPicture)
                .add(new float[] {0.1f, 0.6f, 0.3f, 0}, 1, EvaluationCountsTest::noPicture)
                .add(new float[] {0.5f, 0.2f, 0.3f, 0}, 2, EvaluationCountsTest::noPicture)
                .counts();

        assertThat(counts.confusion().cells())
                .containsExactly(
                        entry(cell(0, 0), 1L), entry(cell(0, 1), 2L), entry(cell(1, 1), 1L), entry(cell(2, 0), 1L));
        List<ConfusionMatrix.ClassCounts> classes = counts.confusion().byClass(4);
        assertThat(classes)
                .containsExactly(
                        new ConfusionMatrix.ClassCounts(3, 2, 1),
                        new ConfusionMatrix.ClassCounts(1, 3, 1),
                        new ConfusionMatrix.ClassCounts(1, 0, 0),
                        new ConfusionMatrix.ClassCounts(0, 0, 0));
        assertThat(classes.get(0).recall()).hasValue(1 / 3.0);
        assertThat(classes.get(0).precision()).hasValue(0.5);
        assertThat(classes.get(2).precision()).isEmpty();
        assertThat(classes.get(3).recall()).isEmpty();
    }

    @Test
    void theDiagonalCountsCorrectPredictions() {
        Random random = new Random(3);
        EvaluationTally tally = new EvaluationTally();
        for (int i = 0; i < 300; i++) {
            tally.add(
                    new float[] {random.nextInt(4), random.nextInt(4), random.nextInt(4)},
                    random.nextInt(3),
                    EvaluationCountsTest::noPicture);
        }

        EvaluationCounts counts = tally.counts();

        assertThat(counts.confusion().byClass(3).stream()
                        .mapToLong(ConfusionMatrix.ClassCounts::correct)
                        .sum())
                .isEqualTo(counts.examples() - counts.errors());
        assertThat(counts.calibration().bins().stream()
                        .mapToLong(Calibration.Bin::correct)
                        .sum())
                .isEqualTo(counts.examples() - counts.errors());
    }

    @Test
    void theCalibrationErrorMatchesItsDefinition() {
        Random random = new Random(5);
        int pictures = 2000;
        double[] confidences = new double[pictures];
        boolean[] right = new boolean[pictures];
        EvaluationTally tally = new EvaluationTally();
        for (int i = 0; i < pictures; i++) {
            float confidence = 0.5f + random.nextFloat() / 2;
            confidences[i] = confidence;
            right[i] = random.nextDouble() < 0.8;
            tally.add(new float[] {confidence, 1 - confidence}, right[i] ? 0 : 1, EvaluationCountsTest::noPicture);
        }

        assertThat(tally.counts().calibration().error()).isCloseTo(calibrationError(confidences, right), within(1e-12));
        assertThat(tally.counts().calibration().error()).isBetween(0.03, 0.2);
    }

    /** Σ |B| / n · |acc(B) − conf(B)| over 15 intervals ((m − 1) / 15, m / 15], as the paper's equation 3 has it. */
    private static double calibrationError(double[] confidences, boolean[] right) {
        double error = 0;
        for (int m = 1; m <= 15; m++) {
            double size = 0;
            double accuracy = 0;
            double confidence = 0;
            for (int i = 0; i < right.length; i++) {
                if (confidences[i] > (m - 1) / 15.0 && confidences[i] <= m / 15.0) {
                    size++;
                    accuracy += right[i] ? 1 : 0;
                    confidence += confidences[i];
                }
            }
            error += size == 0 ? 0 : size / right.length * Math.abs(accuracy / size - confidence / size);
        }
        return error;
    }

    @Test
    void aProbabilityOnTheEdgeOfABinBelongsToTheLowerOne() {
        assertThat(Calibration.bin(0)).isZero();
        assertThat(Calibration.bin(1)).isEqualTo(14);
        assertThat(Calibration.bin(0.0625f)).isZero();
        assertThat(Calibration.bin(0.07f)).isEqualTo(1);
        assertThat(Calibration.bin(Float.NaN)).isZero();
    }

    private static String noPicture() {
        return "";
    }

    private static EvaluationCounts counts(float[] probabilities, int label) {
        return new EvaluationTally()
                .add(probabilities, label, EvaluationCountsTest::noPicture)
                .counts();
    }

    private static ConfusionMatrix.Cell cell(int actual, int predicted) {
        return new ConfusionMatrix.Cell(actual, predicted);
    }
}
