package io.github.resnetspark.job.promote;

import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import java.util.Locale;

/** When a model is good enough. Pure; both were counted over the same pictures. */
final class PromotionRule {
    private final double margin;
    private final double minTop1;

    PromotionRule(PromoteSettings settings) {
        this.margin = settings.margin();
        this.minTop1 = settings.minTop1();
    }

    Verdict judge(Comparison comparison) {
        EvaluationCounts candidate = comparison.candidate().counts();
        String reached =
                String.format(Locale.ROOT, "top-1 %s on %,d pictures", percent(candidate.top1()), candidate.examples());
        if (candidate.top1() < minTop1) {
            return new Verdict(
                    false,
                    "The model reaches " + reached + ", but promote.min-top1 asks for " + percent(minTop1) + ".");
        }
        if (comparison.current().isEmpty()) {
            return new Verdict(true, "The model reaches " + reached + ", and there was no current version.");
        }
        EvaluationCounts current = comparison.current().get().counts();
        // Whole pictures, so that a gain of exactly the margin is one.
        long won = current.errors() - candidate.errors();
        double gain = (double) won / candidate.examples();
        boolean better = margin < 0 ? gain >= margin : won > 0 && gain >= margin;
        String difference = won == 0
                ? "as many as"
                : String.format(Locale.ROOT, "%.2f points %s than", 100 * Math.abs(gain), won > 0 ? "better" : "worse");
        String asked = better || (margin == 0 && won <= 0)
                ? ""
                : String.format(Locale.ROOT, ", and promote.margin asks for %.2f points", 100 * margin);
        return new Verdict(
                better,
                "The model reaches " + reached + ", " + difference + " version "
                        + comparison.currentVersion().orElse("?") + " (" + percent(current.top1()) + ")" + asked + ".");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
