package io.github.resnetspark.job.recipe;

import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.PrepareSettings.TableFiles;
import io.github.resnetspark.source.PrepareSettings.TableSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.text.ClassNames;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/** The section {@code prepare}. It is ignored if the recipe has no source. */
final class PrepareSection {
    private static final PrepareSettings DEFAULT = PrepareSettings.of("any");

    static final Setting<String> SOURCE = path("source")
            .help("Folder or archive of the pictures, or a table: its file, its folder, or its name in Spark's catalog."
                    + " `prepare` requires it.")
            .remedy("Set it to the folder or archive of the pictures, e.g. file:/data/pictures.");

    private static final Setting<SourceFormat> FORMAT = Setting.choice("format", SourceFormat.class)
            .orElse(DEFAULT.format())
            .help("How the pictures are arranged. `auto` detects it, except for a folder or a name that is a `table`.")
            .remedy("Leave it out so that the format is detected.");

    private static final Setting<Long> SHARD_SIZE = Setting.memorySize("shard-size")
            .within(Range.atLeast(1))
            .orElse(DEFAULT.shardSize())
            .help("Approximate size of a shard.")
            .remedy("Set it to about the size that one task should read, e.g. 64 MiB.");

    private static final Setting<Integer> ROW_GROUP = Setting.integer("row-group")
            .unit("pictures")
            .within(Range.atLeast(1))
            .orElse(DEFAULT.rowGroup())
            .help("Pictures per row group. The row group is the unit of reading.")
            .remedy("Set it to the number of pictures that are read at once, e.g. 256.");

    private static final Setting<Long> SEED = Setting.longInteger("seed")
            .orElse(DEFAULT.seed())
            .help("Random seed for the order of the train split.")
            .remedy("Set it to any whole number, e.g. 1.");

    private static final Setting<Integer> MAX_REJECTED = Setting.integer("max-rejected")
            .unit("pictures")
            .within(Range.atLeast(0))
            .orElse(DEFAULT.maxRejected())
            // It changes no shard, and a run that had too many rejected pictures can resume with a larger value.
            .identity(Identity.NEVER)
            .help("Number of unusable pictures to skip before the job fails.")
            .remedy("Set it to the number of damaged pictures that may be skipped, e.g. 0.");

    private static final Setting<List<String>> LABELS = Setting.texts("labels")
            .must(
                    labels -> new HashSet<>(ClassNames.composed(labels)).size() == labels.size(),
                    "a list without repetition",
                    "Name each class once.")
            .as(ClassNames::composed, List::toString)
            .orElse(DEFAULT.labels())
            .defaultInWords("sorted by name; for CIFAR-10 its own order")
            .help("Class names in the order of the class numbers.")
            .remedy("Write the class names in the order of the class numbers, e.g. [cat, dog].");

    private static final Setting<PictureCheck> CHECK = Setting.choice("check", PictureCheck.class)
            .orElse(PictureSettings.DEFAULT.check())
            .help("How thoroughly a picture is checked: `decode` decodes all of it, `header` reads its header and"
                    + " looks for its end.")
            .remedy("Use decode to find every damaged picture, or header to save time.");

    private static final Setting<ResizePolicy> RESIZE = resize("resize")
            .orElse(PictureSettings.DEFAULT.resize())
            .help("Size at which pictures of the train split are stored.");

    private static final Setting<ResizePolicy> VALIDATION_RESIZE = resize("validation-resize")
            .orElse(PictureSettings.DEFAULT.validationResize())
            .help("Size at which pictures of the validation split are stored.");

    private static final Setting<Integer> JPEG_QUALITY = Setting.integer("jpeg-quality")
            .within(Range.between(1, 100))
            .orElse(PictureSettings.DEFAULT.jpegQuality())
            .help("JPEG quality of pictures that are re-encoded.")
            .remedy("Set it to the JPEG quality of re-encoded pictures, e.g. 95.");

    private static final Setting<SixteenBit> SIXTEEN_BIT = Setting.choice("sixteen-bit", SixteenBit.class)
            .orElse(PictureSettings.DEFAULT.sixteenBit())
            .help("How samples of 16 bits become samples of 8 bits: `high-byte` keeps the upper 8 bits, `stretch`"
                    + " maps the bits in use to 0..255.")
            .remedy("Use stretch if pictures of 16 bits use fewer bits, e.g. 12.");

    private static final Setting<String> SYNSETS = textFile("synsets", "imagenet_lsvrc_2015_synsets.txt")
            .orElse(DEFAULT.synsets().order())
            .help("Text file with the synsets in the order of their class numbers, one per line.");

    private static final Setting<String> SYNSET_NAMES = textFile("synset-names", "LOC_synset_mapping.txt")
            .orElse(DEFAULT.synsets().names())
            .help("Text file with a synset and its names on each line.");

    private static final Setting<String> GROUND_TRUTH = textFile(
                    "ground-truth", "imagenet_2012_validation_synset_labels.txt")
            .orElse(DEFAULT.synsets().groundTruth())
            .help("Text file with the class of validation picture 1, 2, …, one per line.");

    private static final Setting<String> SYNSET_IDS = textFile("synset-ids", "ilsvrc2012_id_to_wnid.txt")
            .orElse(DEFAULT.synsets().ids())
            .help("Text file with the development kit's number and the synset on each line.");

    private static final Setting<Double> VALIDATION_SHARE = Setting.decimal("validation-share")
            .must(
                    share -> share > 0 && share <= PrepareSettings.MOST_VALIDATION,
                    "more than 0 and at most " + PrepareSettings.MOST_VALIDATION)
            .defaultInWords("no validation split")
            .help("Share of the pictures that becomes the validation split, if the source has none. A hash of each"
                    + " picture's bytes decides.")
            .remedy("Set it to the share of the pictures that validate, e.g. 0.1.");

    private static final Setting<TableFiles> TABLE_FILES = Setting.choice("table-files", TableFiles.class)
            .orElse(TableSettings.DEFAULT.files())
            .help("For `table`: the kind of its files. `auto` decides by the ending of their names.")
            .remedy("Leave it out if the names of the files end in .parquet, .orc, .csv, .tsv or .json.");

    private static final Setting<String> PICTURE_COLUMN = Setting.text("picture-column")
            .orElse(TableSettings.DEFAULT.picture())
            .help("For `table`: column with the picture: its encoded bytes, its path, or a struct with the fields"
                    + " `bytes` and `path`.")
            .remedy("Set it to the name of the column with the pictures or their paths, e.g. image.");

    private static final Setting<String> LABEL_COLUMN = Setting.text("label-column")
            .orElse(TableSettings.DEFAULT.label())
            .help("For `table`: column with the name of the class, or its number from 0.")
            .remedy("Set it to the name of the column with the classes, e.g. label.");

    private static final Setting<String> SPLIT_COLUMN = Setting.text("split-column")
            .help("For `table`: column with `train`, `validation` or `test`.")
            .defaultInWords("all rows are in the train split")
            .remedy("Set it to the name of the column with the splits, e.g. split.");

    private static final Setting<String> PICTURE_FOLDER = path("picture-folder")
            .help("For `table`: folder that relative paths start from.")
            .defaultInWords("the table's folder")
            .remedy("Set it to the folder that the paths in the table start from, e.g. file:/data/pictures.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "prepare",
            "How pictures become shards. [shard-format.md](shard-format.md) has the details.",
            List.of(
                    SOURCE,
                    FORMAT,
                    SHARD_SIZE,
                    ROW_GROUP,
                    SEED,
                    MAX_REJECTED,
                    LABELS,
                    VALIDATION_SHARE,
                    TABLE_FILES,
                    PICTURE_COLUMN,
                    LABEL_COLUMN,
                    SPLIT_COLUMN,
                    PICTURE_FOLDER,
                    CHECK,
                    RESIZE,
                    VALIDATION_RESIZE,
                    JPEG_QUALITY,
                    SIXTEEN_BIT,
                    SYNSETS,
                    SYNSET_NAMES,
                    GROUND_TRUTH,
                    SYNSET_IDS));

    private PrepareSection() {}

    static Optional<PrepareSettings> read(RecipeSection section) {
        Optional<String> source = section.find(SOURCE);
        SourceFormat format = section.value(FORMAT);
        long shardSize = section.value(SHARD_SIZE);
        int rowGroup = section.value(ROW_GROUP);
        long seed = section.value(SEED);
        int maxRejected = section.value(MAX_REJECTED);
        List<String> labels = section.value(LABELS);
        PictureSettings pictures = new PictureSettings(
                section.value(CHECK),
                section.value(RESIZE),
                section.value(VALIDATION_RESIZE),
                section.value(JPEG_QUALITY),
                section.value(SIXTEEN_BIT));
        SynsetFiles synsets = new SynsetFiles(
                section.value(SYNSETS),
                section.value(SYNSET_NAMES),
                section.value(GROUND_TRUTH),
                section.value(SYNSET_IDS));
        double validationShare = section.find(VALIDATION_SHARE).orElse(0.0);
        TableSettings table = new TableSettings(
                section.value(TABLE_FILES),
                section.value(PICTURE_COLUMN),
                section.value(LABEL_COLUMN),
                section.find(SPLIT_COLUMN).orElse(TableSettings.DEFAULT.split()),
                section.find(PICTURE_FOLDER).orElse(TableSettings.DEFAULT.folder()));
        return source.map(text -> new PrepareSettings(
                text,
                format,
                shardSize,
                rowGroup,
                seed,
                maxRejected,
                labels,
                pictures,
                synsets,
                validationShare,
                table));
    }

    /** A URI as a path of Hadoop, without escapes. */
    private static Setting<String> path(String key) {
        return Setting.place(key).as(PrepareSection::hadoopPath, Function.identity());
    }

    private static String hadoopPath(URI place) {
        return new Path(place).toString();
    }

    private static Setting<String> textFile(String key, String example) {
        return path(key)
                .defaultInWords("for `ilsvrc2012` the file with the usual name next to the archives")
                .remedy("Set it to a text file, e.g. file:/data/" + example + ".");
    }

    private static Setting<ResizePolicy> resize(String key) {
        return Setting.text(key)
                .must(PrepareSection::isPolicy, "none, or short-side, square or max-side and a number of pixels")
                .as(ResizePolicy::of, ResizePolicy::text)
                .remedy("Write e.g. short-side 256, or leave it out to keep the original size.");
    }

    private static boolean isPolicy(String text) {
        try {
            ResizePolicy.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
