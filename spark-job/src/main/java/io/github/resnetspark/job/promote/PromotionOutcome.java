package io.github.resnetspark.job.promote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * How a promotion ended.
 *
 * @param result what became of the model
 * @param comparison the model beside the version that was current
 * @param verdict whether it may take its place, and why
 * @param version that the model is; nothing if it was not promoted
 * @param smokeTest the forms of the model that were seen to compute the same
 */
public record PromotionOutcome(
        Result result, Comparison comparison, Verdict verdict, Optional<String> version, List<String> smokeTest) {

    /**
     * What the rule says about a model.
     *
     * @param promotes whether it may become the current one
     * @param reason in one sentence
     */
    public record Verdict(boolean promotes, String reason) {}

    /** What became of a model. */
    public enum Result {
        /** It is the current version now. */
        PROMOTED,
        /** It is not good enough. */
        NOT_PROMOTED,
        /** It was the current version before. */
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
