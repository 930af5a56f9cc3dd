package io.github.resnetspark.shard;

import java.io.Serializable;

/**
 * A picture of the source that is in no shard.
 *
 * @param path relative to the source
 * @param reason one sentence
 */
public record Quarantined(String path, String reason) implements Serializable {}
