package io.github.resnetspark.source;

import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.text.ClassNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The section {@code prepare} of a recipe.
 *
 * @param source where the pictures are, a path of any Hadoop file system; nothing in it is escaped
 * @param format how they are arranged
 * @param shardSize about how many bytes a shard shall have, at least 1
 * @param rowGroup pictures per row group, the unit of reading, at least 1
 * @param seed of the order of the train split
 * @param maxRejected how many pictures that cannot be used are left out before the job fails
 * @param labels the classes in the order of their numbers; empty: sorted by name (CIFAR-10: its own)
 * @param pictures what is done to each picture
 * @param synsets where it is said what ImageNet's synsets mean
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
            problems.add("prepare.source is empty. Set it to the folder or archive that holds the pictures.");
        }
        if (shardSize < 1) {
            problems.add("prepare.shard-size is " + shardSize + " but must be at least 1. Set it to e.g. 64 MiB.");
        }
        if (rowGroup < 1) {
            problems.add("prepare.row-group is " + rowGroup + " but must be at least 1. Set it to e.g. 256.");
        }
        if (maxRejected < 0) {
            problems.add("prepare.max-rejected is " + maxRejected
                    + " but must be at least 0. Set it to 0 to fail on the first.");
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            problems.add("prepare.labels names a class twice. Name each class once.");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** The defaults for what is done to each picture, and no files about synsets. */
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

    /** These settings, with something else done to each picture. */
    public PrepareSettings withPictures(PictureSettings changed) {
        return new PrepareSettings(source, format, shardSize, rowGroup, seed, maxRejected, labels, changed, synsets);
    }

    /** The defaults, for this source. */
    public static PrepareSettings of(String source) {
        return new PrepareSettings(source, SourceFormat.AUTO, DEFAULT_SHARD_SIZE, DEFAULT_ROW_GROUP, 1, 0, List.of());
    }

    /**
     * The text files that say what ImageNet's synsets (such as {@code n01440764}) mean; each a URI of any Hadoop file system or a
     * local path, or empty. For ILSVRC2012's archives a file of the usual name that lies beside them needs no mention.
     *
     * @param order the synsets in the order of their class numbers, one per line
     * @param names a synset and its name per line: {@code n01440764 tench, Tinca tinca}
     * @param groundTruth the class of validation picture 1, 2, ..., one per line, as synset or as the development kit's number
     * @param ids the development kit's number and the synset per line: {@code 1 n02119789}
     */
    public record SynsetFiles(String order, String names, String groundTruth, String ids) implements Serializable {
        /** No file is given. */
        public static final SynsetFiles NONE = new SynsetFiles("", "", "", "");
    }
}
