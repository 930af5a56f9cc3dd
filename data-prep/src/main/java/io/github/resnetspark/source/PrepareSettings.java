package io.github.resnetspark.source;

import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.message.data.PrepareSettingFailures;
import io.github.resnetspark.text.ClassNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The section {@code prepare} of a recipe.
 *
 * @param source location of the pictures, a path on any Hadoop file system, not URI-encoded
 * @param format how they are arranged
 * @param shardSize approximate size of a shard in bytes, at least 1
 * @param rowGroup pictures per row group, the unit of reading, at least 1
 * @param seed for shuffling the train split
 * @param maxRejected the number of unusable pictures that are skipped before the job fails, at least 0
 * @param labels the class names in the order of their numbers; if empty, classes are sorted by name (CIFAR-10 has
 *     its own order)
 * @param pictures how each picture is checked and stored
 * @param synsets files that explain ImageNet's synsets
 */
public record PrepareSettings(
        String source,
        SourceFormat format,
        long shardSize,
        int rowGroup,
        long seed,
        int maxRejected,
        List<String> labels,
        PictureSettings pictures,
        SynsetFiles synsets)
        implements Serializable {
    public static final long DEFAULT_SHARD_SIZE = 64L << 20;
    public static final int DEFAULT_ROW_GROUP = 256;

    public PrepareSettings {
        labels = ClassNames.composed(labels);
        List<String> problems = new ArrayList<>();
        if (source.isBlank()) {
            problems.add(PrepareSettingFailures.noSource());
        }
        if (shardSize < 1) {
            problems.add(PrepareSettingFailures.shardSize(shardSize));
        }
        if (rowGroup < 1) {
            problems.add(PrepareSettingFailures.rowGroup(rowGroup));
        }
        if (maxRejected < 0) {
            problems.add(PrepareSettingFailures.maxRejected(maxRejected));
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            problems.add(PrepareSettingFailures.repeatedLabel());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** Uses the default picture settings and no synset files. */
    public PrepareSettings(
            String source,
            SourceFormat format,
            long shardSize,
            int rowGroup,
            long seed,
            int maxRejected,
            List<String> labels) {
        this(source, format, shardSize, rowGroup, seed, maxRejected, labels, PictureSettings.DEFAULT, SynsetFiles.NONE);
    }

    /** These settings with other picture settings. */
    public PrepareSettings withPictures(PictureSettings changed) {
        return new PrepareSettings(source, format, shardSize, rowGroup, seed, maxRejected, labels, changed, synsets);
    }

    /** The default settings for a source. */
    public static PrepareSettings of(String source) {
        return new PrepareSettings(source, SourceFormat.AUTO, DEFAULT_SHARD_SIZE, DEFAULT_ROW_GROUP, 1, 0, List.of());
    }

    /**
     * The text files that explain ImageNet's synsets, such as {@code n01440764}. Each is a URI on any Hadoop file
     * system, a local path, or empty. Next to ILSVRC2012's archives, files with the usual names are found
     * automatically.
     *
     * @param order the synsets in the order of their class numbers, one per line
     * @param names a synset and its name per line: {@code n01440764 tench, Tinca tinca}
     * @param groundTruth the class of validation picture 1, 2, ..., one per line, as synset or as the development
     *     kit's number
     * @param ids the development kit's number and the synset per line: {@code 1 n02119789}
     */
    public record SynsetFiles(String order, String names, String groundTruth, String ids) implements Serializable {
        /** No files. */
        public static final SynsetFiles NONE = new SynsetFiles("", "", "", "");
    }
}
