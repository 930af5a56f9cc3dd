package io.github.resnetspark.job.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import io.github.resnetspark.job.analyze.ErrorCurve.EpochErrors;
import java.util.List;
import org.junit.jupiter.api.Test;

class DegradationTextTest {
    @Test
    void namesTheDegradationProblemIfTheErrorsShowIt() {
        String text = DegradationText.paragraph(List.of(
                curve(Kind.PLAIN, 20, 0.30, 0.35),
                curve(Kind.PLAIN, 56, 0.55, 0.58),
                curve(Kind.RESIDUAL, 20, 0.25, 0.31),
                curve(Kind.RESIDUAL, 56, 0.22, 0.30)));

        assertThat(text)
                .isEqualTo("All networks were trained with one recipe and differ only in depth and skip connections."
                        + " The errors are those after epoch 2. plain-20 has a training error of 30.0 % and"
                        + " plain-56 one of 55.0 %, 25.0 points more: the deeper network fits the training pictures worse."
                        + " This is the degradation problem, not overfitting. Their test errors are 35.0 % and 58.0 %. resnet-20"
                        + " has a training error of 25.0 % and resnet-56 one of 22.0 %, 3.0 points less: with skip"
                        + " connections the deeper network fits the training pictures better. Their test errors"
                        + " are 31.0 % and 30.0 %.");
    }

    @Test
    void reportsTheOppositeIfTheErrorsAreTheOtherWayRound() {
        assertThat(DegradationText.paragraph(
                        List.of(curve(Kind.PLAIN, 56, 0.20, 0.3), curve(Kind.PLAIN, 20, 0.30, 0.4))))
                .contains("plain-56 one of 20.0 %, 10.0 points less: there is no degradation at these depths and this"
                        + " length of training.");
        assertThat(DegradationText.paragraph(
                        List.of(curve(Kind.RESIDUAL, 20, 0.25, 0.3), curve(Kind.RESIDUAL, 56, 0.28, 0.4))))
                .contains("resnet-56 one of 28.0 %, 3.0 points more: at this length of training, the deeper residual"
                        + " network is worse too.");
    }

    @Test
    void callsNetworksEquallyGoodWithinTheNoiseOfASeed() {
        for (double deep : new double[] {0.241, 0.259}) {
            assertThat(DegradationText.paragraph(
                            List.of(curve(Kind.RESIDUAL, 20, 0.25, 0.3), curve(Kind.RESIDUAL, 56, deep, 0.4))))
                    .contains(
                            ": with skip connections the deeper network fits the training pictures equally well: another"
                                    + " seed may change the error by as much.");
            assertThat(DegradationText.paragraph(
                            List.of(curve(Kind.PLAIN, 20, 0.25, 0.3), curve(Kind.PLAIN, 56, deep, 0.4))))
                    .contains(": there is no degradation");
        }
    }

    @Test
    void namesTheEpochOfEachNetworkIfSomeStoppedEarly() {
        ErrorCurve stopped = new ErrorCurve(Kind.PLAIN, 20, List.of(new EpochErrors(1, 0.9, 0.9, 2.3)));

        assertThat(DegradationText.paragraph(List.of(stopped, curve(Kind.PLAIN, 56, 0.55, 0.58))))
                .contains(
                        " The errors are those after epoch 1 of plain-20, 2 of plain-56. plain-20 has a training error");
    }

    private static ErrorCurve curve(Kind kind, int depth, double training, double test) {
        return new ErrorCurve(
                kind, depth, List.of(new EpochErrors(1, 0.9, 0.9, 2.3), new EpochErrors(2, training, test, 1)));
    }
}
