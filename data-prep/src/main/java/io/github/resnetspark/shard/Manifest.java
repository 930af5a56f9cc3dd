package io.github.resnetspark.shard;

import io.github.resnetspark.bundle.ClassNames;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a directory of shards holds, {@code manifest.json}.
 *
 * @param formatVersion of the directory; {@link #FORMAT_VERSION} is the newest that is known
 * @param toolVersion the release that wrote it
 * @param fingerprint of the source's files and the options, so that another preparation is told apart
 * @param source where the pictures came from
 * @param options what prepare was told
 * @param classNames by class number, their letters in composed form (NFC)
 * @param splits the counts, train first
 * @param channels mean and standard deviation of the train split
 * @param shards by name
 * @param quarantined pictures that were left out, with reasons
 */
public record Manifest(
        int formatVersion,
        String toolVersion,
        String fingerprint,
        String source,
        Map<String, String> options,
        List<String> classNames,
        List<ManifestSplit> splits,
        ManifestChannels channels,
        List<ManifestShard> shards,
        List<Quarantined> quarantined)
        implements Serializable {
    /** The version that this release writes, and the newest that it reads; it reads all older ones, too. */
    public static final int FORMAT_VERSION = 2;

    public Manifest {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        classNames = ClassNames.composed(classNames);
        splits = List.copyOf(splits);
        shards = List.copyOf(shards);
        quarantined = List.copyOf(quarantined);
    }

    /** The number of classes. */
    public int classes() {
        return classNames.size();
    }

    /** The number of pictures of a split; 0 if there are none. */
    public long examples(Split split) {
        return splits.stream()
                .filter(counts -> counts.split() == split)
                .mapToLong(ManifestSplit::examples)
                .sum();
    }

    /** The number of pictures of all splits. */
    public long allExamples() {
        return splits.stream().mapToLong(ManifestSplit::examples).sum();
    }

    /** The shards of a split, in order. */
    public List<ManifestShard> shards(Split split) {
        return shards.stream().filter(shard -> shard.split() == split).toList();
    }

    /** The text of {@code manifest.json}; equal manifests give equal texts. */
    public String toJson() {
        return ManifestJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param where the file's name, for messages
     * @throws ShardException if it is damaged, of a newer version, or contradicts itself
     */
    public static Manifest fromJson(String json, String where) {
        return ManifestJson.read(json, where);
    }
}
