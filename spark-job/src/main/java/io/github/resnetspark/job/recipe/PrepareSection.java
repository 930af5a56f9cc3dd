package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code prepare}; nothing comes of it where the recipe names no source. */
final class PrepareSection {
    private PrepareSection() {}

    static Optional<PrepareSettings> read(RecipeSection section) {
        Optional<String> source =
                section.text("source", "Set it to the folder or archive of the pictures, e.g. file:/data/pictures.");
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
        return source.map(text -> new PrepareSettings(text, format, shardSize, rowGroup, seed, maxRejected, labels));
    }

    private static List<String> labels(RecipeSection section) {
        List<String> labels =
                section.texts("labels", List.of(), "Write the classes in the order of their numbers, e.g. [cat, dog].");
        if (new HashSet<>(labels).size() < labels.size()) {
            section.refuse("labels", labels, "a list without repetition", "Name each class once.");
            return List.of();
        }
        return labels;
    }
}
