package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a model was trained on and how, as Markdown: as much of it as the model directory records. */
final class TrainingText {
    /** A number as Java writes it. Its length is limited, so that a foreign file cannot ask for a billion zeros. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?(E-?[0-9]{1,2})?");

    private final StringBuilder text = new StringBuilder();

    private TrainingText() {}

    /** @param provenance the contents of {@code provenance.json}; a missing node if there is no such file */
    static String data(JsonNode provenance) {
        TrainingText data = new TrainingText();
        data.inputs(provenance.path("inputs"));
        return data.text.toString();
    }

    /**
     * The procedure.
     *
     * @param settings the recipe; a missing node if nothing records it
     * @param training the figures of the training in {@code metrics.json}; a missing node if there are none
     */
    static String procedure(JsonNode settings, JsonNode training) {
        TrainingText procedure = new TrainingText();
        if (settings.isEmpty() && training.isEmpty()) {
            procedure.line("Unknown. This model directory does not record how the weights were trained.");
        } else {
            procedure.localSgd(settings, training);
        }
        return procedure.text.toString();
    }

    private void inputs(JsonNode inputs) {
        if (inputs.path("shards").isTextual()) {
            line(
                    "The train split of the shards in %s.",
                    MarkdownText.of(inputs.path("shards").asText()));
            if (inputs.path("manifestSha256").isTextual()) {
                line("Their `manifest.json` has the SHA-256");
                line("`%s`.", hexadecimal(inputs.path("manifestSha256")));
            }
        } else if (inputs.path("weights").isTextual()) {
            line(
                    "Unknown. The weights were imported from %s, which does not record the data.",
                    MarkdownText.of(inputs.path("weights").asText()));
        } else {
            line("Unknown. This model directory does not record the data.");
        }
    }

    private void localSgd(JsonNode settings, JsonNode training) {
        line(
                "Local SGD on Apache Spark: every replica of the network is trained with stochastic gradient descent, and");
        line("after every few minibatches the replicas are replaced by their average.");
        line("");
        line("| | |");
        line("|---|---|");
        row("Workers", training.path("workers"));
        row("Replicas of a worker", training.path("replicasPerWorker"));
        row("Minibatch per replica, pictures", training.path("batchSizePerReplica"));
        row("Minibatches between two averagings", training.path("averagingEvery"));
        row("Quadratic Synchronization Rule for them, α", training.path("averagingQsrAlpha"));
        row("Epochs", training.path("epochs"));
        row("Peak learning rate", settings.path("optimizer.learning-rate"));
        row("Global batch for that learning rate, pictures", settings.path("optimizer.learning-rate-batch"));
        row("Learning rate schedule", settings.path("optimizer.schedule"));
        row("Warm-up, epochs", settings.path("optimizer.warmup-epochs"));
        row("Nesterov momentum", settings.path("optimizer.momentum"));
        row("Weight decay", settings.path("optimizer.weight-decay"));
        row("Label smoothing", settings.path("train.label-smoothing"));
        row("Augmentation", settings.path("data.augment"));
        row("Seed", training.path("seed"));
        if (training.path("lastEpochLoss").isNumber()) {
            line(
                    "| Training loss in the last epoch | %.4f |",
                    training.path("lastEpochLoss").asDouble());
        }
        if (training.path("seconds").isNumber()) {
            line(
                    "| Training time without validation | %,.0f s |",
                    training.path("seconds").asDouble());
        }
    }

    /** A row of the table, unless the value is missing. */
    private void row(String name, JsonNode value) {
        if (!value.isMissingNode()) {
            String shown = value.isValueNode() ? value.asText() : value.toString();
            line("| %s | %s |", name, MarkdownText.of(NUMBER.matcher(shown).matches() ? plain(shown) : shown));
        }
    }

    private static String plain(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    static String hexadecimal(JsonNode sum) {
        return sum.asText().replaceAll("[^0-9A-Za-z]", "");
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
