package io.github.resnetspark.job.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.promote.Comparison;
import io.github.resnetspark.job.promote.Judged;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.page.Page;
import io.github.resnetspark.page.PageTiles;
import io.github.resnetspark.text.ShownText;
import j2html.tags.DomContent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page of a retraining: whether the new model was promoted, why, and what is different between it and the current version. The
 * same comparison makes the same page.
 */
public final class RetrainingPage {
    private final Retraining retraining;
    private final Comparison comparison;
    private final List<String> classes;

    private RetrainingPage(Retraining retraining) {
        this.retraining = retraining;
        this.comparison = retraining.outcome().comparison();
        this.classes =
                comparison.report().labels().stream().map(ShownText::line).toList();
    }

    /** The page, in UTF-8. */
    public static byte[] document(Retraining retraining) {
        return new RetrainingPage(retraining).page().document();
    }

    private Page page() {
        List<DomContent> sections = new ArrayList<>();
        sections.add(decision());
        sections.add(ModelsSection.of(comparison, retraining.before()));
        if (comparison.current().isPresent()) {
            sections.add(ClassChanges.of(comparison, retraining.before()));
            sections.add(ChangedSection.of(comparison.changed(), classes, retraining.before()));
            sections.add(settings(comparison.current().get()));
        } else {
            EvaluationCounts counts = comparison.candidate().counts();
            sections.add(ClassSection.of(Evaluated.of(0, Evaluated.MODEL, counts), classes));
            sections.add(PictureSection.of(counts.notable(), classes));
        }
        trainings().ifPresent(sections::add);
        EvaluatedData data = comparison.report().data();
        return new Page(
                "Retraining of " + ShownText.line(retraining.name()) + ", run " + ShownText.line(retraining.runId()),
                "Compared on the split " + data.split().key() + " of " + ShownText.line(data.name()),
                sections);
    }

    private DomContent decision() {
        String decided = retraining
                .outcome()
                .version()
                .map(version -> "Promoted as version " + version + ".")
                .orElse("Not promoted.");
        return section(
                p(
                        strong(decided),
                        text(" " + ShownText.line(retraining.outcome().verdict().reason()))),
                tiles(),
                p(rule()).withClass("note"));
    }

    private DomContent tiles() {
        EvaluationCounts after = comparison.candidate().counts();
        PageTiles tiles = new PageTiles();
        comparison.current().map(Judged::counts).ifPresent(before -> {
            tiles.put("top-1 of " + retraining.before(), format("%.2f %%", 100 * before.top1()));
            tiles.put("of the new model", format("%.2f %%", 100 * after.top1()));
            double gain = (double) (before.errors() - after.errors()) / after.examples();
            tiles.put("difference, points", Difference.points(gain));
            tiles.put("required, points", required());
            tiles.put(
                    "newly wrong/right",
                    format(
                            "%,d / %,d",
                            comparison.changed().newlyWrong(),
                            comparison.changed().newlyRight()));
        });
        if (comparison.current().isEmpty()) {
            tiles.put("top-1 of the new model", format("%.2f %%", 100 * after.top1()));
            tiles.put("required", format("%.2f %%", 100 * retraining.rule().minTop1()));
        }
        tiles.put("pictures", format("%,d", after.examples()));
        return tiles.html();
    }

    private String required() {
        double margin = retraining.rule().margin();
        return margin == 0 ? "> 0" : format("%+.2f", 100 * margin);
    }

    private String rule() {
        PromoteSettings rule = retraining.rule();
        String keys =
                " (promote.margin = " + number(rule.margin()) + ", promote.min-top1 = " + number(rule.minTop1()) + ").";
        String minimum = format("a top-1 of at least %.2f %%", 100 * rule.minTop1());
        if (comparison.current().isEmpty()) {
            return "The rule: a first version needs " + minimum + keys;
        }
        String gain = rule.margin() == 0
                ? "at least one more right picture than " + retraining.before()
                : rule.margin() > 0
                        ? format("a top-1 at least %.2f points above that of ", 100 * rule.margin())
                                + retraining.before()
                        : format("a top-1 at most %.2f points below that of ", -100 * rule.margin())
                                + retraining.before();
        return "The rule: the new model needs " + gain + (rule.minTop1() > 0 ? ", and " + minimum : "") + keys;
    }

    private DomContent settings(Judged before) {
        Optional<ModelOrigin> old = ModelOrigin.of(before.model().provenanceJson());
        Optional<ModelOrigin> now =
                ModelOrigin.of(comparison.candidate().model().provenanceJson());
        if (old.isEmpty() || now.isEmpty()) {
            String unknown = old.isEmpty() ? retraining.before() : "the new model";
            return section(h2("Different settings"), p("The settings of " + unknown + " are not known."));
        }
        return RecipeSection.differences(
                List.of(retraining.before(), "new model"),
                List.of(old.get().settings(), now.get().settings()));
    }

    private Optional<DomContent> trainings() {
        List<DomContent> links = new ArrayList<>();
        retraining.training().ifPresent(page -> links.add(li(a("The new model").withHref(page))));
        retraining
                .trainingBefore()
                .ifPresent(page -> links.add(
                        li(a(retraining.before().replaceFirst("^v", "V")).withHref(page))));
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(section(h2("Reports of the trainings"), ul(each(links, link -> link))));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * A retraining that is decided.
     *
     * @param name of the model in the registry
     * @param runId name of the run
     * @param outcome the decision and what it follows from
     * @param rule by which it was made
     * @param training the page of the new model's training, relative to that of the retraining; empty if there is none
     * @param trainingBefore the same for the current version
     */
    public record Retraining(
            String name,
            String runId,
            PromotionOutcome outcome,
            PromoteSettings rule,
            Optional<String> training,
            Optional<String> trainingBefore) {
        /** What the page calls the model that was current. */
        String before() {
            return "version " + outcome.comparison().currentVersion().orElse("?");
        }
    }
}
