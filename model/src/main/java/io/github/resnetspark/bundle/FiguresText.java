package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * The results of a validation as Markdown. Figures that are missing are left out: models of earlier releases have fewer, and
 * other programs write other ones.
 */
final class FiguresText {
    /** If there are more classes, only those with the lowest recall are listed. */
    private static final int MOST_CLASSES = 20;

    private static final int LOWEST_RECALLS = 10;
    private static final int MOST_MISTAKES = 10;

    private final JsonNode validation;
    private final List<String> labels;
    private final StringBuilder text = new StringBuilder();

    private FiguresText(JsonNode validation, List<String> labels) {
        this.validation = validation;
        this.labels = labels;
    }

    /** @param validation with at least the number {@code top1} */
    static String of(JsonNode validation, List<String> labels) {
        FiguresText figures = new FiguresText(validation, labels);
        figures.data();
        figures.overall();
        figures.classes();
        figures.mistakes();
        return figures.text.toString();
    }

    private void data() {
        line("### Testing data and metrics");
        line("");
        JsonNode data = validation.path("data");
        if (data.path("manifestSha256").isTextual()) {
            line(
                    "Measured on the %s split of the data set %s. Its `manifest.json` has the SHA-256",
                    MarkdownText.of(data.path("split").asText()),
                    MarkdownText.of(data.path("name").asText()));
            line("`%s`.", TrainingText.hexadecimal(data.path("manifestSha256")));
            line("");
        }
        line(
                "Accuracy is the share of pictures whose class is the most probable one (top-1) or among the five most probable (top-5).");
    }

    private void overall() {
        line("");
        line("### Results");
        line("");
        line("| metric | value |");
        line("|---|---|");
        line("| pictures | %,d |", validation.path("examples").asLong());
        percentage("top-1 accuracy", validation.path("top1"));
        percentage("top-5 accuracy", validation.path("top5"));
        if (validation.path("loss").isNumber()) {
            line("| cross-entropy, nats | %.4f |", validation.path("loss").asDouble());
        }
        percentage("expected calibration error, 15 bins", validation.path("calibrationError"));
    }

    private void percentage(String name, JsonNode share) {
        if (share.isNumber()) {
            line("| %s | %s |", name, percent(share));
        }
    }

    private void classes() {
        List<JsonNode> all = elements(validation.path("classes"));
        if (all.isEmpty()) {
            return;
        }
        boolean few = all.size() <= MOST_CLASSES;
        List<JsonNode> shown = few
                ? all
                : all.stream()
                        .filter(of -> of.path("recall").isNumber())
                        .sorted(Comparator.comparingDouble(
                                of -> of.path("recall").asDouble()))
                        .limit(LOWEST_RECALLS)
                        .toList();
        line("");
        line(few ? "Per class:" : "The classes with the lowest recall (`metrics.json` has all of them):");
        line("");
        line("| class | pictures | recall | precision |");
        line("|---|---|---|---|");
        for (JsonNode of : shown) {
            line(
                    "| %s | %,d | %s | %s |",
                    MarkdownText.of(of.path("label").asText()),
                    of.path("examples").asLong(),
                    percent(of.path("recall")),
                    percent(of.path("precision")));
        }
    }

    private void mistakes() {
        List<JsonNode> mistakes = elements(validation.path("confusion")).stream()
                .filter(cell -> isClass(cell.path(0)) && isClass(cell.path(1)))
                .filter(cell -> cell.path(0).asInt() != cell.path(1).asInt())
                .sorted(Comparator.comparingLong((JsonNode cell) -> cell.path(2).asLong())
                        .reversed())
                .limit(MOST_MISTAKES)
                .toList();
        if (mistakes.isEmpty()) {
            return;
        }
        line("");
        line("The most frequent confusions:");
        line("");
        for (JsonNode cell : mistakes) {
            line(
                    "- %s predicted as %s: %,d",
                    MarkdownText.of(labels.get(cell.path(0).asInt())),
                    MarkdownText.of(labels.get(cell.path(1).asInt())),
                    cell.path(2).asLong());
        }
    }

    private boolean isClass(JsonNode number) {
        return number.isInt() && number.asInt() >= 0 && number.asInt() < labels.size();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String percent(JsonNode share) {
        return share.isNumber() ? String.format(Locale.ROOT, "%.2f %%", 100 * share.asDouble()) : "–";
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
