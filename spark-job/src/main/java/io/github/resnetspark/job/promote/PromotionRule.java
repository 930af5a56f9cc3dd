package io.github.resnetspark.job.promote;

import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.message.job.PromotionNotices;

/** Decides whether a model is good enough. Pure. Both models were evaluated on the same pictures. */
final class PromotionRule {
    private final double margin;
    private final double minTop1;

    PromotionRule(PromoteSettings settings) {
        this.margin = settings.margin();
        this.minTop1 = settings.minTop1();
    }

    Verdict judge(Comparison comparison) {
        EvaluationCounts candidate = comparison.candidate().counts();
        if (candidate.top1() < minTop1) {
            return new Verdict(false, PromotionNotices.belowMinimum(candidate.top1(), candidate.examples(), minTop1));
        }
        if (comparison.current().isEmpty()) {
            return new Verdict(true, PromotionNotices.firstVersion(candidate.top1(), candidate.examples()));
        }
        EvaluationCounts current = comparison.current().get().counts();
        // Whole pictures, so that a gain of exactly the margin is enough.
        long won = current.errors() - candidate.errors();
        double gain = (double) won / candidate.examples();
        boolean better = margin < 0 ? gain >= margin : won > 0 && gain >= margin;
        String version = comparison.currentVersion().orElse("?");
        boolean isObvious = margin == 0 && won <= 0;
        return new Verdict(
                better,
                better || isObvious
                        ? PromotionNotices.compared(
                                candidate.top1(), candidate.examples(), gain, version, current.top1())
                        : PromotionNotices.gainTooSmall(
                                candidate.top1(), candidate.examples(), gain, version, current.top1(), margin));
    }
}
