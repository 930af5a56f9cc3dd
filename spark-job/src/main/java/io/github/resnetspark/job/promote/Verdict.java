package io.github.resnetspark.job.promote;

/**
 * What the rule says about a model.
 *
 * @param promotes whether it may become the current one
 * @param reason in one sentence
 */
public record Verdict(boolean promotes, String reason) {}
