package io.github.resnetspark.job.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.evaluate.Calibration;
import io.github.resnetspark.job.evaluate.ChangedPictures;
import io.github.resnetspark.job.evaluate.ChangedPictures.Changed;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.job.evaluate.ConfusionMatrix.Cell;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.evaluate.Guesses;
import io.github.resnetspark.job.evaluate.Guesses.Guess;
import io.github.resnetspark.job.evaluate.NotablePictures;
import io.github.resnetspark.job.evaluate.RivalEvaluation;
import io.github.resnetspark.job.promote.Comparison;
import io.github.resnetspark.job.promote.Judged;
import io.github.resnetspark.job.promote.PromotionOutcome;
import io.github.resnetspark.job.promote.PromotionOutcome.Result;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.job.report.RetrainingPage.Retraining;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.shard.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of made-up comparisons, each of two classes or more with 50 pictures. */
class RetrainingPageTest {
    private static final String HOSTILE = "<script>alert('x')</script> \"quoted\" & <b>";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PICTURE = "data:image/png;base64,AAAA";

    @Test
    void aRefusedModelIsShownNextToTheCurrentOne() {
        String page = page(compared(List.of("cat", "dog"), List.of("cat", "dog"), 40, 30, 36, 32));

        assertThat(page)
                .contains("Retraining of pets, run tuesday")
                .contains("<strong>Not promoted.</strong>", "The reason.")
                .contains("70.00 %", "68.00 %", "-2.00", "+0.20")
                .contains("promote.margin = 0.002, promote.min-top1 = 0.5")
                .contains("CIFAR ResNet-8 (A)", "calibration error", "<td class=\"number\">2026-01-02 03:04</td>")
                .contains("80.0 %", "72.0 %", "-8.00", "+4.00")
                .contains("Only version 7 gets 30 pictures right. Shown are the 24 for which")
                .contains("Only the new model gets 1 picture right.</p>")
                .contains("Different settings", "train.epochs", "inputs.manifestSha256", "software.java")
                .doesNotContain("model.depth")
                .doesNotContain("Only the new model knows");
        assertThat(page.indexOf("<td>cat</td>")).isLessThan(page.indexOf("<td>dog</td>"));
        assertThat(page).contains("Content-Security-Policy").doesNotContain("<script", "src=\"h", "url(h", "@import");
    }

    @Test
    void picturesThatChangedSidesShowBothAnswers() {
        String page = page(compared(List.of("cat", "dog"), List.of("cat", "dog"), 40, 30, 36, 32));

        String wrong = page.substring(page.indexOf("Newly wrong"), page.indexOf("Newly right"));
        assertThat(text(wrong)).contains("cat was: cat 60.0 % now: dog 97.0 %");
        String right = page.substring(page.indexOf("Newly right"), page.indexOf("Different settings"));
        assertThat(text(right)).contains("dog was: cat 55.0 % now: dog 88.0 %");
    }

    @Test
    void aFirstVersionHasNothingToBeComparedWith() {
        Judged first = judged(List.of("cat", "dog"), 40, 30, ChangedPictures.NONE, Optional.empty());

        String page = page(new Comparison(Optional.empty(), Optional.empty(), first), Optional.of("1"), 0);

        assertThat(page)
                .contains(
                        "<strong>Promoted as version 1.</strong>", "a first version needs a top-1 of at least 50.00 %")
                .contains("top-1 of the new model", "Confusion", "The most confident mistakes")
                .doesNotContain("version ?", "changed sides", "Different settings", "difference", "newly");
    }

    @Test
    void namesAreTextAndNeverMarkup() {
        List<String> classes = List.of(HOSTILE, "dog");
        Judged current = judged(classes, 40, 30, changed(), Optional.of(provenance(HOSTILE)));
        Judged candidate = judged(List.of(HOSTILE, "dog", HOSTILE + 2), 36, 32, ChangedPictures.NONE, origin("4"));
        Comparison comparison = new Comparison(Optional.of(HOSTILE), Optional.of(current), candidate);

        String page = document(new Retraining(
                HOSTILE,
                HOSTILE,
                new PromotionOutcome(
                        Result.NOT_PROMOTED, comparison, new Verdict(false, HOSTILE), Optional.empty(), List.of()),
                new PromoteSettings(0, 0, Optional.empty()),
                Optional.of("../" + HOSTILE),
                Optional.of("../" + HOSTILE)));

        assertThat(page).doesNotContain("<script", "<b>").contains("&lt;script&gt;", "Only the new model knows");
    }

    @Test
    void passwordsInTheOriginOfAModelAreNotShown() {
        Judged current = judged(
                List.of("cat", "dog"),
                40,
                30,
                changed(),
                Optional.of(provenance("hdfs://me:secret@namenode:8020/shards")));
        Judged candidate = judged(List.of("cat", "dog"), 36, 32, ChangedPictures.NONE, origin("4"));

        String page = page(new Comparison(Optional.of("7"), Optional.of(current), candidate), Optional.empty(), 0);

        assertThat(page).contains("hdfs://namenode:8020/shards").doesNotContain("secret");
    }

    @Test
    void classesThatOnlyOneModelHasAreNamed() {
        String page = page(compared(List.of("cat", "cow"), List.of("cat", "dog"), 40, 0, 36, 32));

        assertThat(page).contains("Only version 7 knows: cow.", "Only the new model knows: dog.");
        assertThat(page(compared(List.of("0", "1"), List.of("cat", "dog"), 40, 30, 36, 32)))
                .contains("compared by number")
                .doesNotContain("Only version 7 knows");
    }

    @Test
    void ofManyClassesTheLargestLossesAreShown() {
        List<String> classes =
                IntStream.range(0, 100).mapToObj(label -> "class-" + label).toList();
        int[] before = IntStream.range(0, 100).map(label -> 45).toArray();
        int[] after = IntStream.range(0, 100).map(label -> 45 - label / 4).toArray();

        String page = page(compared(classes, classes, before, after));

        assertThat(page).contains("Shown are 40 of 100 classes.", "<td>class-99</td>", "<td>class-60</td>");
        assertThat(page).doesNotContain("<td>class-59</td>");
        assertThat(page.indexOf("<td>class-99</td>")).isLessThan(page.indexOf("<td>class-60</td>"));
    }

    @Test
    void theReportsOfTheTrainingsAreLinkedIfThereAreAny() {
        Comparison comparison = compared(List.of("cat", "dog"), List.of("cat", "dog"), 40, 30, 36, 32);
        PromotionOutcome outcome = new PromotionOutcome(
                Result.NOT_PROMOTED, comparison, new Verdict(false, "The reason."), Optional.empty(), List.of());

        String page = document(new Retraining(
                "pets",
                "tuesday",
                outcome,
                new PromoteSettings(0, 0, Optional.empty()),
                Optional.of("model.run/report.html"),
                Optional.of("../monday/model.run/report.html")));

        assertThat(page)
                .contains("<a href=\"model.run/report.html\">The new model</a>")
                .contains("<a href=\"../monday/model.run/report.html\">Version 7</a>");
        assertThat(page(comparison)).doesNotContain("href=", "Reports of the trainings");
    }

    @Test
    void aModelWithoutOriginOrWithADamagedOneIsComparedToo() {
        for (Optional<String> origin : List.of(Optional.<String>empty(), Optional.of("{torn"))) {
            Judged current = judged(List.of("cat", "dog"), 40, 30, changed(), origin);
            Judged candidate = judged(List.of("cat", "dog"), 36, 32, ChangedPictures.NONE, origin("4"));

            assertThat(page(new Comparison(Optional.of("7"), Optional.of(current), candidate)))
                    .contains("The settings of version 7 are not known.");
        }
    }

    private static String page(Comparison comparison) {
        return page(comparison, Optional.empty(), 0.002);
    }

    private static String page(Comparison comparison, Optional<String> version, double margin) {
        return document(new Retraining(
                "pets",
                "tuesday",
                new PromotionOutcome(
                        version.isPresent() ? Result.PROMOTED : Result.NOT_PROMOTED,
                        comparison,
                        new Verdict(version.isPresent(), "The reason."),
                        version,
                        List.of()),
                new PromoteSettings(margin, 0.5, Optional.empty()),
                Optional.empty(),
                Optional.empty()));
    }

    private static String document(Retraining retraining) {
        byte[] document = RetrainingPage.document(retraining);
        assertThat(RetrainingPage.document(retraining))
                .as("the same page again")
                .isEqualTo(document);
        return new String(document, StandardCharsets.UTF_8);
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("[\\s\u00a0]+", " ").replace(" :", ":");
    }

    /** Two models that get so many pictures of two classes right. */
    private static Comparison compared(
            List<String> old, List<String> now, int first, int second, int firstNow, int secondNow) {
        return compared(old, now, new int[] {first, second}, new int[] {firstNow, secondNow});
    }

    private static Comparison compared(List<String> old, List<String> now, int[] before, int[] after) {
        return new Comparison(
                Optional.of("7"),
                Optional.of(new Judged(evaluated(now, before, changed()), model(old, origin("3")))),
                new Judged(evaluated(now, after, ChangedPictures.NONE), model(now, origin("4"))));
    }

    /** A model with these classes, evaluated on the first two of them. */
    private static Judged judged(
            List<String> labels, int first, int second, ChangedPictures changed, Optional<String> origin) {
        return new Judged(evaluated(labels.subList(0, 2), new int[] {first, second}, changed), model(labels, origin));
    }

    private static Judged.Model model(List<String> labels, Optional<String> origin) {
        return new Judged.Model(ResNetSpec.cifar(8, Shortcut.A, labels.size()), labels, origin);
    }

    private static RivalEvaluation evaluated(List<String> labels, int[] correct, ChangedPictures changed) {
        SortedMap<Cell, Long> cells = new TreeMap<>();
        List<Calibration.Bin> bins = new ArrayList<>();
        long errors = 0;
        for (int label = 0; label < labels.size(); label++) {
            cells.put(new Cell(label, label), (long) correct[label]);
            if (correct[label] < 50) {
                cells.put(new Cell(label, (label + 1) % labels.size()), 50L - correct[label]);
            }
            errors += 50 - correct[label];
        }
        long examples = 50L * labels.size();
        for (int bin = 0; bin < Calibration.BINS; bin++) {
            bins.add(
                    bin == 10
                            ? new Calibration.Bin(examples, examples - errors, 0.7 * examples)
                            : new Calibration.Bin(0, 0, 0));
        }
        return new RivalEvaluation(
                new EvaluationReport(
                        new EvaluatedData("pets", Split.VALIDATION, "abc"),
                        labels,
                        new EvaluationCounts(
                                examples,
                                errors,
                                0,
                                examples,
                                new ConfusionMatrix(cells),
                                new Calibration(bins),
                                NotablePictures.NONE)),
                Guesses.NONE,
                changed);
    }

    private static ChangedPictures changed() {
        return new ChangedPictures(
                30,
                1,
                Collections.nCopies(24, new Changed(0, new Guess(0, 0.6f), new Guess(1, 0.97f), PICTURE)),
                List.of(new Changed(1, new Guess(0, 0.55f), new Guess(1, 0.88f), PICTURE)));
    }

    private static Optional<String> origin(String epochs) {
        return Optional.of(
                """
                {"formatVersion":1,"command":"train","finished":"2026-01-02T03:04:05Z",
                "inputs":{"manifestSha256":"sha-of-%1$s"},"settings":{"train.epochs":"%1$s","model.depth":"8"},
                "software":{"java":"17.0.%1$s","spark":"3.5.9"}}"""
                        .formatted(epochs));
    }

    private static String provenance(String text) {
        return JSON.createObjectNode()
                .put("finished", text)
                .<ObjectNode>set("settings", JSON.createObjectNode().put(text, text))
                .<ObjectNode>set("inputs", JSON.createObjectNode().put("shards", text))
                .toString();
    }
}
