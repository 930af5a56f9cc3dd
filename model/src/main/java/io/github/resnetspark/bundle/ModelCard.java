package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.onnx.OnnxOptions;
import io.github.resnetspark.text.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code model-card.md}: for people, what the other files say to programs. Its sections follow the template of the Hugging
 * Face Hub, which shows the card if it is published as {@code README.md}.
 */
final class ModelCard {
    /** A longer list of names is for looking up, not for reading. */
    private static final int MOST_CLASSES = 20;

    private static final String NO_START_MODEL = "none";

    private final BundleContents contents;
    private final Optional<OnnxOptions> onnx;
    private final JsonNode validation;
    private final JsonNode training;
    private final JsonNode provenance;
    private final StringBuilder text = new StringBuilder();

    private ModelCard(BundleContents contents, Optional<OnnxOptions> onnx) {
        this.contents = contents;
        this.onnx = onnx;
        JsonNode metrics = BundleJson.requireObject(contents.metricsJson(), BundleFiles.METRICS);
        this.validation = metrics.path("validation");
        this.training = metrics.path("training");
        this.provenance = contents.provenanceJson()
                .<JsonNode>map(json -> BundleJson.requireObject(json, BundleFiles.PROVENANCE))
                .orElse(MissingNode.getInstance());
    }

    /**
     * The text of the card, Markdown with YAML front matter.
     *
     * @param onnx the form of {@code model.onnx}; empty if the directory has no such file
     */
    static String of(BundleContents contents, Optional<OnnxOptions> onnx) {
        ModelCard card = new ModelCard(contents, onnx);
        card.write();
        return card.text.toString();
    }

    private void write() {
        String name = contents.spec().displayName();
        text.append(CardMetadata.of(name, onnx.isPresent(), isMeasured() ? Optional.of(validation) : Optional.empty()));
        line("");
        line("# %s", name);
        line("");
        line("%s", summary());
        details();
        intendedUse();
        section("How to use");
        text.append(UsageText.of(contents.preprocessing(), onnx));
        section("Training data");
        text.append(TrainingText.data(provenance));
        section("Training procedure");
        text.append(TrainingText.procedure(provenance.path("settings"), training));
        section("Evaluation");
        text.append(evaluation());
        limitations();
        section("Provenance");
        origin();
    }

    private String summary() {
        ResNetSpec spec = contents.spec();
        String accuracy = isMeasured()
                ? String.format(
                        Locale.ROOT,
                        " Its top-1 accuracy is %.2f %% on %,d validation pictures.",
                        100 * validation.path("top1").asDouble(),
                        validation.path("examples").asLong())
                : "";
        return String.format(
                Locale.ROOT,
                "An image classifier that distinguishes %,d classes in RGB pictures of %d × %d pixels.%s",
                spec.classes(),
                spec.input(),
                spec.input(),
                accuracy);
    }

    private void details() {
        ResNetSpec spec = contents.spec();
        section("Model details");
        line("- **Architecture:** %s, a convolutional network after", spec.displayName());
        line("  [He et al. 2015](https://arxiv.org/abs/1512.03385)");
        line("- **Parameters:** %,d", LayerTable.of(spec).parameters());
        line("- **Input:** RGB pictures, %d × %d pixels after preprocessing", spec.input(), spec.input());
        line("- **Output:** one probability per class, %,d classes", spec.classes());
        line("- **Classes:** %s", classes(contents.labels()));
        String start = provenance.path("settings").path("--init-from").asText(NO_START_MODEL);
        if (!start.equals(NO_START_MODEL)) {
            line("- **Fine-tuned from:** %s", MarkdownText.of(start));
        }
        line("- **License:** not recorded");
    }

    private static String classes(List<String> labels) {
        String first = labels.stream().limit(MOST_CLASSES).map(MarkdownText::of).collect(Collectors.joining("; "));
        return labels.size() > MOST_CLASSES
                ? first + String.format(Locale.ROOT, "; and %,d more in `labels.txt`", labels.size() - MOST_CLASSES)
                : first;
    }

    private void intendedUse() {
        section("Intended use");
        line(
                "To classify pictures that resemble the training pictures, and as a starting point for training on other pictures");
        line("(`resnet-spark train --init-from`).");
        line("");
        line("### Out-of-scope use");
        line("");
        line("- Pictures that show none of the classes: the model always answers with one of its classes.");
        line("- Pictures with several objects: the model gives the whole picture one class and locates nothing.");
        line("- Decisions about people's safety, health or rights, unless you validated the model for that purpose.");
    }

    private String evaluation() {
        return isMeasured()
                ? FiguresText.of(validation, contents.labels())
                : "Not measured. Run `resnet-spark evaluate` to measure the accuracy.\n";
    }

    private boolean isMeasured() {
        return validation.path("top1").isNumber();
    }

    private void limitations() {
        section("Limitations");
        line("- The model knows only what the training pictures show. It inherits their gaps and biases.");
        if (validation.path("calibrationError").isNumber()) {
            line(
                    "- The probabilities are those of a softmax. On average they differ from the actual accuracy by %.1f percentage",
                    100 * validation.path("calibrationError").asDouble());
            line("  points (the expected calibration error above).");
        } else {
            line(
                    "- The probabilities are those of a softmax. Their calibration was not measured: a probability of 90 %% need not");
            line("  mean that 90 %% of such answers are correct.");
        }
        if (isMeasured()) {
            line("- The evaluation holds for pictures like the validation pictures.");
            line(
                    "- If the same pictures selected the best checkpoint, expect a slightly lower accuracy on new pictures.");
        }
    }

    private void origin() {
        if (provenance.isMissingNode()) {
            line("Unknown. This model directory has no `provenance.json`.");
            return;
        }
        line(
                "Written by `resnet-spark %s`, finished %s.",
                ShownText.line(provenance.path("command").asText()).replace("`", ""),
                MarkdownText.of(provenance.path("finished").asText()));
        list("Inputs:", provenance.path("inputs"));
        list("Software versions:", provenance.path("software"));
        if (!provenance.path("settings").isEmpty()) {
            line("");
            line("The complete recipe, defaults included:");
            line("");
            provenance
                    .path("settings")
                    .properties()
                    .forEach(setting -> line(
                            "    %s = %s",
                            ShownText.line(setting.getKey()),
                            ShownText.line(setting.getValue().asText())));
        }
    }

    private void list(String title, JsonNode object) {
        if (object.isEmpty()) {
            return;
        }
        line("");
        line("%s", title);
        line("");
        object.properties()
                .forEach(entry -> line(
                        "- %s: %s",
                        MarkdownText.of(entry.getKey()),
                        MarkdownText.of(entry.getValue().asText())));
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
