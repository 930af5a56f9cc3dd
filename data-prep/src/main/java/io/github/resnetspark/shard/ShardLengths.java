package io.github.resnetspark.shard;

import io.github.resnetspark.message.data.ShardFailures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the names and lengths of the shards in a directory with its manifest, without opening them. */
public final class ShardLengths {
    private ShardLengths() {}

    /** A message for every listed shard that is missing or has another length; empty if all are as listed. */
    public static List<String> problems(ShardDirectory directory, List<Manifest.Shard> listed) throws IOException {
        Map<String, Long> found = directory.shards();
        return listed.stream()
                .flatMap(shard -> problem(directory, shard, found.get(shard.name())).stream())
                .toList();
    }

    private static Optional<String> problem(ShardDirectory directory, Manifest.Shard shard, Long bytes) {
        String file = directory.file(shard.name()).toString();
        if (bytes == null) {
            return Optional.of(ShardFailures.listedButMissing(file));
        }
        if (bytes != shard.bytes()) {
            return Optional.of(ShardFailures.otherLength(file, bytes, shard.bytes()));
        }
        return Optional.empty();
    }
}
