package io.github.resnetspark.job.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {
    @Test
    void takesAnyModelWhereThereIsNone() {
        assertThat(judge(0, 0, new Comparison(Optional.empty(), Optional.empty(), Reports.of(10, 10))))
                .isEqualTo(new Verdict(
                        true, "The model reaches top-1 20.00 % on 100 pictures, and there was no current version."));
    }

    @Test
    void takesABetterModel() {
        assertThat(judge(0, 0, against(30, 30, 30, 31)))
                .isEqualTo(new Verdict(
                        true,
                        "The model reaches top-1 61.00 % on 100 pictures, 1.00 points better than version 7"
                                + " (60.00 %)."));
    }

    @Test
    void takesNoModelThatIsAsGoodOrWorse() {
        assertThat(judge(0, 0, against(30, 30, 31, 29)))
                .isEqualTo(new Verdict(
                        false, "The model reaches top-1 60.00 % on 100 pictures, as many as version 7 (60.00 %)."));
        assertThat(judge(0, 0, against(30, 30, 20, 20)))
                .isEqualTo(new Verdict(
                        false,
                        "The model reaches top-1 40.00 % on 100 pictures, 20.00 points worse than version 7"
                                + " (60.00 %)."));
    }

    @Test
    void asksForTheMarginAndTakesExactlyThat() {
        // 0.03 is no binary fraction, and neither is 0.63 - 0.60.
        assertThat(judge(0.03, 0, against(30, 30, 30, 33)).promotes()).isTrue();
        assertThat(judge(0.03, 0, against(30, 30, 30, 32)))
                .isEqualTo(new Verdict(
                        false,
                        "The model reaches top-1 62.00 % on 100 pictures, 2.00 points better than version 7 (60.00 %),"
                                + " and promote.margin asks for 3.00 points."));
    }

    @Test
    void takesASlightlyWorseModelWhereTheMarginIsBelowZero() {
        assertThat(judge(-0.01, 0, against(30, 30, 30, 29)).promotes()).isTrue();
        assertThat(judge(-0.01, 0, against(30, 30, 30, 30)).promotes()).isTrue();
        assertThat(judge(-0.01, 0, against(30, 30, 30, 28)).promotes()).isFalse();
    }

    @Test
    void takesNoModelThatIsBadInItself() {
        assertThat(judge(0, 0.7, new Comparison(Optional.empty(), Optional.empty(), Reports.of(30, 30))))
                .isEqualTo(new Verdict(
                        false,
                        "The model reaches top-1 60.00 % on 100 pictures, but promote.min-top1 asks for 70.00 %."));
        assertThat(judge(0, 0.6, against(20, 20, 30, 30)).promotes()).isTrue();
    }

    @Test
    void tellsWhatChangedClassByClass() {
        PromotionOutcome outcome = new PromotionOutcome(
                PromotionOutcome.Result.PROMOTED,
                against(40, 20, 35, 30),
                judge(0, 0, against(40, 20, 35, 30)),
                Optional.of("8"),
                java.util.List.of("model.dl4j.zip"));

        assertThat(outcome.toMarkdown())
                .isEqualTo(
                        """
                        # Promoted

                        The model reaches top-1 65.00 % on 100 pictures, 5.00 points better than version 7 (60.00 %).

                        On the split validation of pets, 100 pictures.

                        | | version 7 | new model | change |
                        |---|---|---|---|
                        | top-1 | 60.00 % | 65.00 % | +5.00 points |
                        | top-5 | 100.00 % | 100.00 % | +0.00 points |
                        | cross-entropy, nats | 1.0000 | 1.0000 | +0.0000 |

                        ## By class

                        Pictures that were recognised, the largest losses first.

                        | class | pictures | version 7 | new model | change |
                        |---|---|---|---|---|
                        | cat | 50 | 40 | 35 | -5 |
                        | dog | 50 | 20 | 30 | +10 |
                        """);
        assertThat(outcome.toJson().toString())
                .isEqualTo(
                        "{\"promoted\":true,\"version\":\"8\",\"previous\":\"7\",\"reason\":\"The model reaches top-1"
                                + " 65.00 % on 100 pictures, 5.00 points better than version 7 (60.00 %).\","
                                + "\"smokeTest\":[\"model.dl4j.zip\"],"
                                + "\"data\":{\"name\":\"pets\",\"split\":\"validation\",\"manifestSha256\":\"abc\"},"
                                + "\"candidate\":{\"examples\":100,\"errors\":35,\"top1\":0.65,\"top5\":1.0,\"loss\":1.0},"
                                + "\"current\":{\"examples\":100,\"errors\":40,\"top1\":0.6,\"top5\":1.0,\"loss\":1.0,"
                                + "\"version\":\"7\"},"
                                + "\"classes\":[{\"label\":\"cat\",\"examples\":50,\"currentCorrect\":40,\"candidateCorrect\":35},"
                                + "{\"label\":\"dog\",\"examples\":50,\"currentCorrect\":20,\"candidateCorrect\":30}]}");
    }

    private static Verdict judge(double margin, double minTop1, Comparison comparison) {
        return new PromotionRule(new PromoteSettings(margin, minTop1, Optional.empty())).judge(comparison);
    }

    private static Comparison against(int cats, int dogs, int catsNow, int dogsNow) {
        return new Comparison(Optional.of("7"), Optional.of(Reports.of(cats, dogs)), Reports.of(catsNow, dogsNow));
    }
}
