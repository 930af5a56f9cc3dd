package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a retraining ended: what {@code outcome.json} holds, and {@code --json} prints.
 *
 * @param json docs/retraining.md says what is in it
 */
public record RetrainReport(ObjectNode json) {
    static final String PROMOTED = "promoted";
    /** The versions that were deleted. */
    static final String PRUNED = "pruned";

    /** Whether the run's model became the current version. */
    public boolean promoted() {
        return json.path(PROMOTED).asBoolean();
    }

    /** In a few lines. */
    public String text() {
        return json.path("runId").asText() + ": " + (promoted() ? "promoted as version " + version() : "not promoted")
                + System.lineSeparator() + json.path("reason").asText() + System.lineSeparator() + "report: "
                + json.path("report").asText();
    }

    private String version() {
        return json.path("version").asText();
    }
}
