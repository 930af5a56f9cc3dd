package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.MarkdownText;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import java.util.Locale;

/** A comparison as Markdown, for people. */
final class ComparisonText {
    private ComparisonText() {}

    static String of(Comparison comparison, Verdict verdict) {
        StringBuilder text = new StringBuilder();
        line(text, "# %s", verdict.promotes() ? "Promoted" : "Not promoted");
        line(text, "");
        line(text, "%s", verdict.reason());
        line(text, "");
        EvaluationCounts candidate = comparison.candidate().counts();
        line(
                text,
                "Evaluated on the split %s of %s with %,d pictures.",
                comparison.report().data().split().key(),
                MarkdownText.of(comparison.report().data().name()),
                candidate.examples());
        line(text, "");
        if (comparison.current().isEmpty()) {
            line(text, "| | new model |");
            line(text, "|---|---|");
            line(text, "| top-1 | %.2f %% |", 100 * candidate.top1());
            line(text, "| top-5 | %.2f %% |", 100 * candidate.top5());
            line(text, "| cross-entropy, nats | %.4f |", candidate.loss());
            return text.toString();
        }
        EvaluationCounts current = comparison.current().get().counts();
        line(
                text,
                "| | version %s | new model | change |",
                comparison.currentVersion().orElse("?"));
        line(text, "|---|---|---|---|");
        row(text, "top-1", current.top1(), candidate.top1());
        row(text, "top-5", current.top5(), candidate.top5());
        line(
                text,
                "| cross-entropy, nats | %.4f | %.4f | %+.4f |",
                current.loss(),
                candidate.loss(),
                candidate.loss() - current.loss());
        line(text, "");
        line(text, "## By class");
        line(text, "");
        line(text, "Correctly classified pictures, the largest losses first.");
        line(text, "");
        line(
                text,
                "| class | pictures | version %s | new model | change |",
                comparison.currentVersion().orElse("?"));
        line(text, "|---|---|---|---|---|");
        for (Comparison.ClassChange change : comparison.changes()) {
            line(
                    text,
                    "| %s | %,d | %,d | %,d | %+d |",
                    MarkdownText.of(change.label()),
                    change.examples(),
                    change.currentCorrect(),
                    change.candidateCorrect(),
                    change.won());
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, double before, double after) {
        line(
                text,
                "| %s | %.2f %% | %.2f %% | %+.2f points |",
                name,
                100 * before,
                100 * after,
                100 * (after - before));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
