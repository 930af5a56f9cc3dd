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
 * A shard that stands.
 *
 * @param shard its entry in the manifest
 * @param summary what else it adds
 * @param origin whether this run wrote it
 */
record ShardResult(Manifest.Shard shard, ShardSummary summary, Origin origin) implements Serializable {
    enum Origin {
        WRITTEN,
        KEPT
    }

    /**
     * What a shard adds to the manifest besides its own entry. It stands in the shard's footer, so that a run that continues
     * another need not decode what that one wrote.
     *
     * @param perClass pictures by class number
     * @param channels sums over their pixels
     * @param quarantined pictures that should have been in this shard
     * @param darkened pictures of 16 bits that became dark, as they use few of them
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
