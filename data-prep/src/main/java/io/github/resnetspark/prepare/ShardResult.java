package io.github.resnetspark.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A finished shard.
 *
 * @param shard its entry in the manifest
 * @param summary its further contribution to the manifest
 * @param origin whether this run wrote it
 */
record ShardResult(Manifest.Shard shard, ShardSummary summary, Origin origin) implements Serializable {
    enum Origin {
        WRITTEN,
        KEPT
    }

    /**
     * The contribution of a shard to the manifest besides its own entry. It is stored in the shard's footer, so that a
     * resumed run need not decode pictures again.
     *
     * @param perClass the number of pictures by class number
     * @param channels sums over their pixels
     * @param quarantined the skipped pictures that would have been in this shard
     * @param darkened the number of 16-bit pictures that became too dark because they use few bits
     */
    record ShardSummary(List<Long> perClass, ChannelSums channels, List<Quarantined> quarantined, long darkened)
            implements Serializable {
        private static final ObjectMapper JSON = new ObjectMapper();

        ShardSummary {
            perClass = List.copyOf(perClass);
            quarantined = List.copyOf(quarantined);
        }

        String toJson() {
            try {
                return JSON.writeValueAsString(this);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A summary holds only text and numbers.", e);
            }
        }

        static Optional<ShardSummary> fromJson(String json) {
            try {
                return Optional.of(JSON.readValue(json, ShardSummary.class));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        }
    }
}
