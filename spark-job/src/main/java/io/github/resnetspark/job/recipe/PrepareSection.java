package io.github.resnetspark.job.recipe;

import io.github.resnetspark.bundle.ClassNames;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.SourceFormat;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Reads the section {@code prepare}; nothing comes of it where the recipe names no source. */
final class PrepareSection {
    private PrepareSection() {}

    static Optional<PrepareSettings> read(RecipeSection section) {
        Optional<String> source = section.uri(
                        "source", "Set it to the folder or archive of the pictures, e.g. file:/data/pictures.")
                .map(PrepareSection::path);
        SourceFormat format =
                section.choice("format", SourceFormat.AUTO, "Leave it out to have it told from what is there.");
        long shardSize = section.memorySize(
                "shard-size",
                PrepareSettings.DEFAULT_SHARD_SIZE,
                Range.atLeast(1),
                "Set it to about what one task shall read, e.g. 64 MiB.");
        int rowGroup = section.integer(
                "row-group",
                PrepareSettings.DEFAULT_ROW_GROUP,
                Range.atLeast(1),
                "Set it to the pictures that are read at once, e.g. 256.");
        long seed = section.longInteger("seed", 1, Range.any(), "Set it to any whole number, e.g. 1.");
        int maxRejected = section.integer(
                "max-rejected", 0, Range.atLeast(0), "Set it to how many damaged pictures may be left out, e.g. 0.");
        List<String> labels = labels(section);
        PictureSettings pictures = new PictureSettings(
                section.choice(
                        "check",
                        PictureSettings.DEFAULT.check(),
                        "Use decode to find every damaged picture, header to be done sooner."),
                resize(section, "resize"),
                resize(section, "validation-resize"),
                section.integer(
                        "jpeg-quality",
                        PictureSettings.DEFAULT_JPEG_QUALITY,
                        Range.between(1, 100),
                        "Set it to the quality of pictures that are encoded again, e.g. 95."),
                section.choice(
                        "sixteen-bit",
                        PictureSettings.DEFAULT.sixteenBit(),
                        "Use stretch where pictures of 16 bits use fewer, e.g. 12."));
        SynsetFiles synsets = new SynsetFiles(
                file(section, "synsets", "imagenet_lsvrc_2015_synsets.txt"),
                file(section, "synset-names", "LOC_synset_mapping.txt"),
                file(section, "ground-truth", "imagenet_2012_validation_synset_labels.txt"),
                file(section, "synset-ids", "ilsvrc2012_id_to_wnid.txt"));
        return source.map(text ->
                new PrepareSettings(text, format, shardSize, rowGroup, seed, maxRejected, labels, pictures, synsets));
    }

    private static String file(RecipeSection section, String key, String example) {
        return section.uri(key, "Set it to a text file, e.g. file:/data/" + example + ".")
                .map(PrepareSection::path)
                .orElse("");
    }

    /** As Hadoop takes it, literally. */
    private static String path(URI place) {
        return new Path(place).toString();
    }

    private static ResizePolicy resize(RecipeSection section, String key) {
        String remedy = "Write e.g. short-side 256, or leave it out to store pictures as they came.";
        String text = section.text(key, remedy).orElse(ResizePolicy.NONE.text());
        try {
            return ResizePolicy.of(text);
        } catch (IllegalArgumentException e) {
            section.refuse(key, text, "none, or short-side, square or max-side and a number of pixels", remedy);
            return ResizePolicy.NONE;
        }
    }

    private static List<String> labels(RecipeSection section) {
        List<String> labels =
                section.texts("labels", List.of(), "Write the classes in the order of their numbers, e.g. [cat, dog].");
        if (new HashSet<>(ClassNames.composed(labels)).size() < labels.size()) {
            section.refuse("labels", labels, "a list without repetition", "Name each class once.");
            return List.of();
        }
        return labels;
    }
}
