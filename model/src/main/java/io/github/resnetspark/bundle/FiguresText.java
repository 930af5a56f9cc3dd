package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * The figures of a validation as Markdown, as many of them as there are: models of earlier releases have fewer, and what
 * another program wrote may have others.
 */
final class FiguresText {
    /** With more classes than these, only those that are recognised least are worth a line. */
    private static final int MOST_CLASSES = 20;

    private static final int LEAST_RECOGNISED = 10;
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
        figures.overall();
        figures.data();
        figures.classes();
        figures.mistakes();
        return figures.text.toString();
    }

    private void overall() {
        line("| on %,d validation pictures | |", validation.path("examples").asLong());
        line("|---|---|");
        percentage("right class first (top-1)", validation.path("top1"));
        percentage("right class among the first five (top-5)", validation.path("top5"));
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

    private void data() {
        JsonNode data = validation.path("data");
        if (data.path("manifestSha256").isTextual()) {
            line("");
            line(
                    "Measured on the split %s of the shards %s, whose manifest has the SHA-256",
                    MarkdownText.of(data.path("split").asText()),
                    MarkdownText.of(data.path("name").asText()));
            line("`%s`.", data.path("manifestSha256").asText().replaceAll("[^0-9A-Za-z]", ""));
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
                        .limit(LEAST_RECOGNISED)
                        .toList();
        line("");
        line(few ? "Class by class:" : "The classes that are recognised least; `metrics.json` has all:");
        line("");
        line("| class | pictures | of them recognised | right among those taken for it |");
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
        line("The most frequent mistakes:");
        line("");
        for (JsonNode cell : mistakes) {
            line(
                    "- %s taken for %s: %,d",
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
