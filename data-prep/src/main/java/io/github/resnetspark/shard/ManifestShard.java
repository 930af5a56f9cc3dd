package io.github.resnetspark.shard;

import java.io.Serializable;
import java.util.List;

/**
 * What the manifest says of a shard.
 *
 * @param name its file name
 * @param split what its pictures are for
 * @param rows the number of pictures
 * @param bytes the file's length
 * @param sha256 of the whole file, in lower-case hexadecimal
 * @param rowGroups the number of rows of each row group, in order; they add up to {@code rows}
 */
public record ManifestShard(String name, Split split, long rows, long bytes, String sha256, List<Integer> rowGroups)
        implements Serializable {
    public ManifestShard {
        rowGroups = List.copyOf(rowGroups);
    }
}
