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
 * @param validationShare the share of the train split that becomes the validation split, 0 to 0.5; 0 if the source has
 *     its own splits or none is wanted
 * @param table the columns of a table; unused for other sources
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
        SynsetFiles synsets,
        double validationShare,
        TableSettings table)
        implements Serializable {
    /** The largest share: with more, most pictures would train nothing. */
    public static final double MOST_VALIDATION = 0.5;

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
        if (!(validationShare >= 0 && validationShare <= MOST_VALIDATION)) {
            problems.add(PrepareSettingFailures.validationShare(validationShare, MOST_VALIDATION));
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            problems.add(PrepareSettingFailures.repeatedLabel());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** Without a share for validation, and with the default columns of a table. */
    public PrepareSettings(
            String source,
            SourceFormat format,
            long shardSize,
            int rowGroup,
            long seed,
            int maxRejected,
            List<String> labels,
            PictureSettings pictures,
            SynsetFiles synsets) {
        this(
                source,
                format,
                shardSize,
                rowGroup,
                seed,
                maxRejected,
                labels,
                pictures,
                synsets,
                0,
                TableSettings.DEFAULT);
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
        return new PrepareSettings(
                source,
                format,
                shardSize,
                rowGroup,
                seed,
                maxRejected,
                labels,
                changed,
                synsets,
                validationShare,
                table);
    }

    /** These settings with a share of the train split for validation. */
    public PrepareSettings withValidationShare(double changed) {
        return new PrepareSettings(
                source, format, shardSize, rowGroup, seed, maxRejected, labels, pictures, synsets, changed, table);
    }

    /** These settings for a table. */
    public PrepareSettings withTable(TableSettings changed) {
        return new PrepareSettings(
                source,
                SourceFormat.TABLE,
                shardSize,
                rowGroup,
                seed,
                maxRejected,
                labels,
                pictures,
                synsets,
                validationShare,
                changed);
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

    /**
     * How a table says what its pictures are.
     *
     * @param files the kind of files it consists of
     * @param picture the column with the encoded picture, its path, or a struct of both
     * @param label the column with the class: its name, or its number
     * @param split the column that names the split; empty if there is none
     * @param folder the folder that relative paths start from; empty for the table's own
     */
    public record TableSettings(TableFiles files, String picture, String label, String split, String folder)
            implements Serializable {
        /** The column names of Hugging Face. */
        public static final TableSettings DEFAULT = new TableSettings(TableFiles.AUTO, "image", "label", "", "");
    }

    /** The kinds of files that a table may consist of. */
    public enum TableFiles {
        /** The ending of their names decides. */
        AUTO,
        /** Apache Parquet. */
        PARQUET,
        /** Apache ORC. */
        ORC,
        /** Comma-separated values with a header line, in UTF-8. */
        CSV,
        /** Tab-separated values, otherwise the same. */
        TSV,
        /** One JSON object per line. */
        JSON
    }
}
