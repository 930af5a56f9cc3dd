package io.github.resnetspark.job.score;

import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardLengths;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PictureWalk;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The pictures that are to be scored.
 *
 * @param parts small pieces, in the order of the table
 * @param passedOver what else lies in a folder
 */
record ScoreInput(List<PicturePart> parts, PassedOver passedOver) {
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
     * Lists a directory of shards, or a folder of pictures with all that is below it, each picture once.
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
        List<Manifest.Shard> shards = split.map(manifest::shards).orElse(manifest.shards());
        List<String> problems = ShardLengths.problems(directory, shards);
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        List<PicturePart> parts = new ArrayList<>();
        for (Manifest.Shard shard : shards) {
            for (int group = 0; group < shard.rowGroups().size(); group++) {
                parts.add(new PicturePart.RowGroup(
                        directory.file(shard.name()).toString(),
                        group,
                        shard.rowGroups().get(group)));
            }
        }
        return new ScoreInput(parts, PassedOver.NONE);
    }

    private static ScoreInput ofFolder(Path root, Storage storage) throws IOException {
        PictureWalk.Found found = PictureWalk.below(root, storage);
        List<PicturePart.PictureFile> files = found.pictures().stream()
                .map(picture -> new PicturePart.PictureFile(picture.path(), picture.bytes()))
                .toList();
        List<PicturePart> parts = new ArrayList<>();
        for (int first = 0; first < files.size(); first += FILES) {
            parts.add(new PicturePart.Files(
                    root.toString(), new ArrayList<>(files.subList(first, Math.min(first + FILES, files.size())))));
        }
        return new ScoreInput(parts, found.passedOver());
    }

    private static RecipeException refused(String problem) {
        return new RecipeException(List.of(problem));
    }
}
