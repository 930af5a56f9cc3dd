package io.github.resnetspark.job.score;

import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ManifestShard;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardLengths;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The pictures that are to be scored.
 *
 * @param parts small pieces, in the order of the table
 * @param ignored files that have no picture's name
 */
record ScoreInput(List<PicturePart> parts, long ignored) {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp", "heic", "heif", "avif");
    /** Files of a part: so few that a small folder still has a part for each worker; shares are made of many. */
    private static final int FILES = 32;

    ScoreInput {
        parts = List.copyOf(parts);
    }

    /** How many pictures there are. */
    long pictures() {
        return parts.stream().mapToLong(PicturePart::size).sum();
    }

    /**
     * Lists a directory of shards, or a folder of pictures with all that is below it. What begins with a dot or an underscore is
     * passed over.
     *
     * @param split of shards; nothing for all
     * @throws RecipeException if there is no picture, a shard is missing or cut off, or a folder is to have a split
     */
    static ScoreInput of(Path place, Optional<Split> split, Storage storage) throws IOException {
        if (!storage.exists(place) || !storage.status(place).isDirectory()) {
            throw refused(place + " is not a directory. Give a directory of shards or a folder of pictures.");
        }
        Path root = storage.qualified(place);
        ShardDirectory shards = new ShardDirectory(root, storage.configuration());
        ScoreInput input;
        if (shards.hasManifest()) {
            input = ofShards(shards, split);
        } else if (split.isPresent()) {
            throw refused("--split is " + split.get().key() + " but " + root
                    + " has no manifest.json, and only shards have splits. Leave it out.");
        } else {
            input = ofFolder(root, storage);
        }
        if (input.pictures() == 0) {
            throw refused(root + " has no pictures"
                    + split.map(of -> " in the split " + of.key()).orElse("")
                    + ". Give a directory of shards or a folder of pictures.");
        }
        return input;
    }

    private static ScoreInput ofShards(ShardDirectory directory, Optional<Split> split) throws IOException {
        Manifest manifest = directory.readManifest();
        List<ManifestShard> shards = split.map(manifest::shards).orElse(manifest.shards());
        List<String> problems = ShardLengths.problems(directory, shards);
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        List<PicturePart> parts = new ArrayList<>();
        for (ManifestShard shard : shards) {
            for (int group = 0; group < shard.rowGroups().size(); group++) {
                parts.add(new RowGroupPart(
                        directory.file(shard.name()).toString(),
                        group,
                        shard.rowGroups().get(group)));
            }
        }
        return new ScoreInput(parts, 0);
    }

    private static ScoreInput ofFolder(Path root, Storage storage) throws IOException {
        List<FilesPart.PictureFile> files = new ArrayList<>();
        long ignored = collect(root, "", storage, files);
        List<PicturePart> parts = new ArrayList<>();
        for (int first = 0; first < files.size(); first += FILES) {
            parts.add(new FilesPart(
                    root.toString(), new ArrayList<>(files.subList(first, Math.min(first + FILES, files.size())))));
        }
        return new ScoreInput(parts, ignored);
    }

    /** Adds the pictures below a folder, sorted; the number of files that are none. */
    private static long collect(Path folder, String prefix, Storage storage, List<FilesPart.PictureFile> files)
            throws IOException {
        long ignored = 0;
        for (FileStatus found : storage.list(folder)) {
            String name = found.getPath().getName();
            if (name.startsWith(".") || name.startsWith("_")) {
                continue;
            }
            if (found.isDirectory()) {
                ignored += collect(found.getPath(), prefix + name + "/", storage, files);
            } else if (EXTENSIONS.contains(
                    name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
                files.add(new FilesPart.PictureFile(prefix + name, found.getLen()));
            } else {
                ignored++;
            }
        }
        return ignored;
    }

    private static RecipeException refused(String problem) {
        return new RecipeException(List.of(problem));
    }
}
