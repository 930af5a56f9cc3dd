package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;

/**
 * The pictures that figures were measured on. Two evaluations can be compared where these are equal, wherever the shards lie.
 *
 * @param name the last part of where the shards lie
 * @param split of them
 * @param manifestSha256 of the shards' manifest, which holds the sums of all shards
 */
public record EvaluatedData(String name, Split split, String manifestSha256) {

    /** A split of shards with a manifest whose sum is known. */
    public static EvaluatedData of(URI shards, Split split, String manifestSha256) {
        return new EvaluatedData(new Path(shards).getName(), split, manifestSha256);
    }

    /** A split of shards, whose manifest is read. */
    static EvaluatedData of(URI shards, Split split, ShardDirectory directory) throws IOException {
        return of(shards, split, directory.storage().sha256(directory.file(ShardDirectory.MANIFEST)));
    }
}
