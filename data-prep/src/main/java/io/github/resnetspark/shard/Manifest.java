package io.github.resnetspark.shard;

import io.github.resnetspark.text.ClassNames;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of a directory of shards, {@code manifest.json}.
 *
 * @param formatVersion of the directory; {@link #FORMAT_VERSION} is the newest supported version
 * @param toolVersion the release that wrote it
 * @param fingerprint of the source's files and the options, to detect data from a different source or other options
 * @param source where the pictures came from
 * @param options the options of prepare
 * @param classNames by class number, their letters in composed form (NFC)
 * @param splits the counts, train first
 * @param channels mean and standard deviation of the train split
 * @param shards by name
 * @param quarantined pictures that were skipped, with reasons
 */
public record Manifest(
        int formatVersion,
        String toolVersion,
        String fingerprint,
        String source,
        Map<String, String> options,
        List<String> classNames,
        List<SplitCounts> splits,
        ChannelStatistics channels,
        List<Shard> shards,
        List<Quarantined> quarantined)
        implements Serializable {
    /** The version that this release writes, and the newest that it reads. It also reads all older versions. */
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
                .mapToLong(SplitCounts::examples)
                .sum();
    }

    /** The number of pictures of all splits. */
    public long allExamples() {
        return splits.stream().mapToLong(SplitCounts::examples).sum();
    }

    /** The shards of a split, in order. */
    public List<Shard> shards(Split split) {
        return shards.stream().filter(shard -> shard.split() == split).toList();
    }

    /** The text of {@code manifest.json}. Equal manifests have equal texts. */
    public String toJson() {
        return ManifestJson.write(this);
    }

    /**
     * Parses a text written by {@link #toJson}.
     *
     * @param where the file's name, for messages
     * @throws ShardException if it is damaged, of a newer version, or inconsistent
     */
    public static Manifest fromJson(String json, String where) {
        return ManifestJson.read(json, where);
    }

    /**
     * Mean and standard deviation of the pixels, per channel.
     *
     * @param mean red, green, blue, on a 0..1 scale
     * @param std red, green, blue, on a 0..1 scale, over all pixels at once
     * @param sample a description of the pixels from which they were computed
     * @param pictures the number of these pictures
     * @param pixels the number of their pixels
     */
    public record ChannelStatistics(List<Double> mean, List<Double> std, String sample, long pictures, long pixels)
            implements Serializable {
        public ChannelStatistics {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /**
     * The number of pictures per class in a split.
     *
     * @param split the split
     * @param examples the number of all pictures
     * @param perClass the number of pictures by class number; they add up to {@code examples}
     */
    public record SplitCounts(Split split, long examples, List<Long> perClass) implements Serializable {
        public SplitCounts {
            perClass = List.copyOf(perClass);
        }
    }

    /**
     * A picture of the source that is not in any shard.
     *
     * @param path relative to the source
     * @param reason one sentence
     */
    public record Quarantined(String path, String reason) implements Serializable {}

    /**
     * The manifest entry of a shard.
     *
     * @param name its file name
     * @param split the split of its pictures
     * @param rows the number of pictures
     * @param bytes the file's length
     * @param sha256 of the whole file, in lower-case hexadecimal
     * @param rowGroups the number of rows of each row group, in order; they add up to {@code rows}
     */
    public record Shard(String name, Split split, long rows, long bytes, String sha256, List<Integer> rowGroups)
            implements Serializable {
        public Shard {
            rowGroups = List.copyOf(rowGroups);
        }
    }
}
