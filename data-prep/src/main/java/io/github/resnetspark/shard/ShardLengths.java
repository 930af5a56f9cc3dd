package io.github.resnetspark.shard;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a directory against its manifest by the names and lengths of its shards, without opening one. */
public final class ShardLengths {
    private ShardLengths() {}

    /** A sentence and a remedy for every listed shard that is missing or of another length; nothing if all are there. */
    public static List<String> problems(ShardDirectory directory, List<Manifest.Shard> listed) throws IOException {
        Map<String, Long> found = directory.shards();
        return listed.stream()
                .flatMap(shard -> problem(directory, shard, found.get(shard.name())).stream())
                .toList();
    }

    private static Optional<String> problem(ShardDirectory directory, Manifest.Shard shard, Long bytes) {
        if (bytes == null) {
            return Optional.of(directory.file(shard.name()) + " is missing but the manifest lists it."
                    + " Run prepare again: it writes the shards that are missing.");
        }
        if (bytes != shard.bytes()) {
            return Optional.of(directory.file(shard.name()) + " has " + bytes + " bytes but the manifest says "
                    + shard.bytes() + ". Delete it and run prepare again: it writes the shards that are missing.");
        }
        return Optional.empty();
    }
}
