package io.github.resnetspark.job.promote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * How a promotion ended.
 *
 * @param result whether the model was promoted
 * @param comparison with the version that was current
 * @param verdict whether it is good enough, and why
 * @param version of the model in the registry; empty if it was not promoted
 * @param smokeTest the forms of the model that were verified to compute the same
 */
public record PromotionOutcome(
        Result result, Comparison comparison, Verdict verdict, Optional<String> version, List<String> smokeTest) {

    /**
     * The decision of the rule about a model.
     *
     * @param promotes whether the model may become the current one
     * @param reason in one sentence
     */
    public record Verdict(boolean promotes, String reason) {}

    /** Whether a model was promoted. */
    public enum Result {
        /** The model is the current version now. */
        PROMOTED,
        /** The model is not good enough. */
        NOT_PROMOTED,
        /** The model was already the current version. */
        ALREADY_CURRENT
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** For scripts. */
    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode()
                .put("promoted", result == Result.PROMOTED)
                .put("version", version.orElse(null))
                .put("previous", comparison.currentVersion().orElse(null))
                .put("reason", verdict.reason());
        json.set("smokeTest", JSON.valueToTree(smokeTest));
        json.setAll(comparison.toJson());
        return json;
    }

    /** For people: Markdown. */
    public String toMarkdown() {
        return ComparisonText.of(comparison, verdict);
    }
}
