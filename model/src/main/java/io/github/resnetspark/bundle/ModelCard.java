package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.text.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code model-card.md}: for people, what the other files say for programs. */
final class ModelCard {
    /** More names than that are a list to look up, not to read. */
    private static final int MOST_CLASSES = 20;

    private final BundleContents contents;
    private final JsonNode validation;
    private final StringBuilder text = new StringBuilder();

    private ModelCard(BundleContents contents) {
        this.contents = contents;
        this.validation =
                BundleJson.requireObject(contents.metricsJson(), "the metrics").path("validation");
    }

    /** The text of the card, Markdown. */
    static String of(BundleContents contents) {
        ModelCard card = new ModelCard(contents);
        card.network();
        card.figures();
        contents.provenanceJson()
                .map(json -> BundleJson.requireObject(json, "the facts of the provenance"))
                .ifPresent(card::origin);
        card.use();
        card.limits();
        return card.text.toString();
    }

    private void network() {
        ResNetSpec spec = contents.spec();
        line("# %s", spec.displayName());
        line("");
        line(
                "A residual network that tells %,d classes apart in RGB pictures of %d × %d pixels. It has %,d parameters.",
                spec.classes(), spec.input(), spec.input(), LayerTable.of(spec).parameters());
        line("");
        line("Classes: %s.", classes(contents.labels()));
    }

    private static String classes(List<String> labels) {
        String first = labels.stream().limit(MOST_CLASSES).map(MarkdownText::of).collect(Collectors.joining("; "));
        return labels.size() > MOST_CLASSES
                ? first + String.format(Locale.ROOT, "; and %,d more in labels.txt", labels.size() - MOST_CLASSES)
                : first;
    }

    private void figures() {
        section("How good it is");
        if (!isMeasured()) {
            line("Nobody has measured it here: `resnet-spark evaluate` does.");
            return;
        }
        text.append(FiguresText.of(validation, contents.labels()));
    }

    private boolean isMeasured() {
        return validation.path("top1").isNumber();
    }

    private void origin(ObjectNode provenance) {
        section("Where it comes from");
        line(
                "Made by `resnet-spark %s`, finished %s.",
                ShownText.line(provenance.path("command").asText()).replace("`", ""),
                MarkdownText.of(provenance.path("finished").asText()));
        list(provenance.path("inputs"));
        if (!provenance.path("settings").isEmpty()) {
            line("");
            line("The recipe, defaults included:");
            line("");
            provenance
                    .path("settings")
                    .properties()
                    .forEach(setting -> line(
                            "    %s = %s",
                            ShownText.line(setting.getKey()),
                            ShownText.line(setting.getValue().asText())));
        }
        line("");
        line("With this software:");
        list(provenance.path("software"));
    }

    private void list(JsonNode object) {
        line("");
        object.properties()
                .forEach(entry -> line(
                        "- %s: %s",
                        MarkdownText.of(entry.getKey()),
                        MarkdownText.of(entry.getValue().asText())));
    }

    private void use() {
        Preprocessing preprocessing = contents.preprocessing();
        section("How to use it");
        line(
                "A picture is scaled to a short side of %d pixels, cropped to %d × %d in its centre and normalised;",
                preprocessing.resizeShortSide(), preprocessing.inputSize(), preprocessing.inputSize());
        line(
                "`preprocessing.json` says exactly how. Other preprocessing costs accuracy, and nothing will warn about it.");
        line("`model.onnx`, where it is there, runs in ONNX Runtime, `model.dl4j.zip` in Deeplearning4j;");
        line("`model.safetensors` loads into torch.");
    }

    private void limits() {
        section("Limits");
        line("- It answers with one of its classes whatever the picture shows.");
        if (validation.path("calibrationError").isNumber()) {
            line(
                    "- Its probabilities are those of the softmax. They differ from how often it is right by %.1f percentage points",
                    100 * validation.path("calibrationError").asDouble());
            line("  on average (the calibration error above).");
        } else {
            line(
                    "- Its probabilities are those of the softmax. How often a probability of 90 %% is right was not measured.");
        }
        if (isMeasured()) {
            line(
                    "- The figures hold for pictures like those they were measured on. They chose among the states of the");
            line("  training, so they are slightly better than a fresh set of pictures would give.");
        }
        line("- What the training pictures lack or show one-sidedly, the network does not know.");
    }

    private void section(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
