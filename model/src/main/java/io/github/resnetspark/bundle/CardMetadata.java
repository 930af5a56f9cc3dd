package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resnetspark.text.ShownText;
import java.util.Locale;
import java.util.Optional;

/**
 * The front matter of a model card: YAML between two lines of dashes, with the keys that the Hugging Face Hub reads.
 *
 * <p>It has no {@code license} and no {@code datasets}, because nothing here knows them: a dataset's name on the Hub is not
 * the name of a directory of shards. A comment asks the publisher to add them.
 */
final class CardMetadata {
    private static final String METRIC = "accuracy";

    private final StringBuilder yaml = new StringBuilder();

    private CardMetadata() {}

    /**
     * The front matter of a model.
     *
     * @param name of the network
     * @param hasOnnx whether the directory has {@code model.onnx}
     * @param validation a validation's figures; empty if the model was not evaluated
     */
    static String of(String name, boolean hasOnnx, Optional<JsonNode> validation) {
        CardMetadata metadata = new CardMetadata();
        metadata.line("---");
        metadata.line("# Before you publish this model, add its license, such as 'license: apache-2.0'.");
        metadata.line("# If its data set is on the Hub, add 'datasets:' and a list with its name.");
        metadata.line("library_name: \"deeplearning4j\"");
        metadata.line("pipeline_tag: \"image-classification\"");
        metadata.tags(hasOnnx);
        validation.ifPresent(figures -> metadata.results(name, figures));
        metadata.line("---");
        return metadata.yaml.toString();
    }

    private void tags(boolean hasOnnx) {
        line("tags:");
        line("  - \"resnet\"");
        line("  - \"deeplearning4j\"");
        line("  - \"safetensors\"");
        if (hasOnnx) {
            line("  - \"onnx\"");
        }
    }

    private void results(String name, JsonNode figures) {
        line("metrics:");
        line("  - \"%s\"", METRIC);
        line("model-index:");
        line("  - name: %s", quoted(name));
        line("    results:");
        line("      - task:");
        line("          type: \"image-classification\"");
        line("          name: \"Image Classification\"");
        line("        dataset:");
        line("          name: %s", quoted(text(figures.path("data").path("name"), "unknown")));
        // The Hub expects the name of a data set here. Its own tools write the file format for local files.
        line("          type: \"parquet\"");
        line("          split: %s", quoted(text(figures.path("data").path("split"), "validation")));
        line("        metrics:");
        accuracy("Top-1 accuracy", figures.path("top1"));
        accuracy("Top-5 accuracy", figures.path("top5"));
    }

    private void accuracy(String name, JsonNode share) {
        if (share.isNumber()) {
            line("          - type: \"%s\"", METRIC);
            line("            name: \"%s\"", name);
            line("            value: %.6f", share.asDouble());
        }
    }

    private static String text(JsonNode value, String otherwise) {
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : otherwise;
    }

    /** A text from outside as a double-quoted YAML string on one line. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        ShownText.line(text).codePoints().forEach(character -> {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(character);
                // The only characters that ShownText lets through and YAML forbids.
                case 0xFFFE, 0xFFFF -> quoted.append(String.format(Locale.ROOT, "\\u%04X", character));
                default -> quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }

    private void line(String format, Object... values) {
        yaml.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
