package io.github.resnetspark.job.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.evaluate.ChangedPictures;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.message.job.PromotionNotices;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {
    @Test
    void acceptsAnyModelIfThereIsNoCurrentOne() {
        assertThat(judge(0, 0, new Comparison(Optional.empty(), Optional.empty(), Reports.judged(10, 10))))
                .isEqualTo(new Verdict(true, PromotionNotices.firstVersion(0.2, 100)));
    }

    @Test
    void acceptsABetterModel() {
        assertThat(judge(0, 0, against(30, 30, 30, 31)))
                .isEqualTo(new Verdict(true, PromotionNotices.compared(0.61, 100, 0.01, "7", 0.6)));
    }

    @Test
    void refusesAModelThatIsEquallyGoodOrWorse() {
        assertThat(judge(0, 0, against(30, 30, 31, 29)))
                .isEqualTo(new Verdict(false, PromotionNotices.compared(0.6, 100, 0, "7", 0.6)));
        assertThat(judge(0, 0, against(30, 30, 20, 20)))
                .isEqualTo(new Verdict(false, PromotionNotices.compared(0.4, 100, -0.2, "7", 0.6)));
    }

    @Test
    void acceptsAGainOfExactlyTheMargin() {
        // Neither 0.03 nor 0.63 - 0.60 is a binary fraction.
        assertThat(judge(0.03, 0, against(30, 30, 30, 33)).promotes()).isTrue();
        assertThat(judge(0.03, 0, against(30, 30, 30, 32)))
                .isEqualTo(new Verdict(false, PromotionNotices.gainTooSmall(0.62, 100, 0.02, "7", 0.6, 0.03)));
    }

    @Test
    void acceptsASlightlyWorseModelIfTheMarginIsBelowZero() {
        assertThat(judge(-0.01, 0, against(30, 30, 30, 29)).promotes()).isTrue();
        assertThat(judge(-0.01, 0, against(30, 30, 30, 30)).promotes()).isTrue();
        assertThat(judge(-0.01, 0, against(30, 30, 30, 28)).promotes()).isFalse();
    }

    @Test
    void refusesAModelBelowTheMinimum() {
        assertThat(judge(0, 0.7, new Comparison(Optional.empty(), Optional.empty(), Reports.judged(30, 30))))
                .isEqualTo(new Verdict(false, PromotionNotices.belowMinimum(0.6, 100, 0.7)));
        assertThat(judge(0, 0.6, against(20, 20, 30, 30)).promotes()).isTrue();
    }

    @Test
    void listsTheChangesOfEveryClass() {
        PromotionOutcome outcome = new PromotionOutcome(
                PromotionOutcome.Result.PROMOTED,
                against(40, 20, 35, 30),
                judge(0, 0, against(40, 20, 35, 30)),
                Optional.of("8"),
                List.of("model.dl4j.zip"));

        assertThat(outcome.toMarkdown())
                .isEqualTo(
                        """
                        # Promoted

                        The model reaches a top-1 of 65.00 % on 100 pictures, 5.00 points better than version 7 (60.00 %).

                        Evaluated on the split validation of pets with 100 pictures.

                        | | version 7 | new model | change |
                        |---|---|---|---|
                        | top-1 | 60.00 % | 65.00 % | +5.00 points |
                        | top-5 | 100.00 % | 100.00 % | +0.00 points |
                        | cross-entropy, nats | 1.0000 | 1.0000 | +0.0000 |

                        ## By class

                        Correctly classified pictures, the largest losses first.

                        | class | pictures | version 7 | new model | change |
                        |---|---|---|---|---|
                        | cat | 50 | 40 | 35 | -5 |
                        | dog | 50 | 20 | 30 | +10 |
                        """);
        assertThat(outcome.toJson().toString())
                .isEqualTo(
                        "{\"promoted\":true,\"version\":\"8\",\"previous\":\"7\",\"reason\":\"The model reaches a top-1 of"
                                + " 65.00 % on 100 pictures, 5.00 points better than version 7 (60.00 %).\","
                                + "\"smokeTest\":[\"model.dl4j.zip\"],"
                                + "\"data\":{\"name\":\"pets\",\"split\":\"validation\",\"manifestSha256\":\"abc\"},"
                                + "\"candidate\":{\"examples\":100,\"errors\":35,\"top1\":0.65,\"top5\":1.0,\"loss\":1.0},"
                                + "\"current\":{\"examples\":100,\"errors\":40,\"top1\":0.6,\"top5\":1.0,\"loss\":1.0,"
                                + "\"version\":\"7\"},\"newlyWrong\":6,\"newlyRight\":11,"
                                + "\"classes\":[{\"label\":\"cat\",\"examples\":50,\"currentCorrect\":40,\"candidateCorrect\":35},"
                                + "{\"label\":\"dog\",\"examples\":50,\"currentCorrect\":20,\"candidateCorrect\":30}]}");
    }

    private static Verdict judge(double margin, double minTop1, Comparison comparison) {
        return new PromotionRule(new PromoteSettings(margin, minTop1, Optional.empty())).judge(comparison);
    }

    private static Comparison against(int cats, int dogs, int catsNow, int dogsNow) {
        ChangedPictures changed = new ChangedPictures(6, 11, List.of(), List.of());
        return new Comparison(
                Optional.of("7"), Optional.of(Reports.judged(cats, dogs, changed)), Reports.judged(catsNow, dogsNow));
    }
}
