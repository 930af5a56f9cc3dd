package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.ManifestShard;
import java.io.Serializable;

/**
 * A shard that stands.
 *
 * @param shard its entry in the manifest
 * @param contribution what else it adds
 * @param origin whether this run wrote it
 */
record ShardResult(ManifestShard shard, Contribution contribution, Origin origin) implements Serializable {
    enum Origin {
        WRITTEN,
        KEPT
    }
}
