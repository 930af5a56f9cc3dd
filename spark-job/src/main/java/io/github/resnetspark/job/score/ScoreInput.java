package io.github.resnetspark.job.score;

import io.github.resnetspark.message.job.ScoreFailures;
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
 * The pictures to score.
 *
 * @param parts small pieces, in the order of the table
 * @param passedOver other files of the folder, which are skipped
 */
record ScoreInput(List<PicturePart> parts, PassedOver passedOver) {
    /** Files per part. It is small, so that even a small folder has a part for each worker. A share has many parts. */
    private static final int FILES = 32;

    ScoreInput {
        parts = List.copyOf(parts);
    }

    /** How many pictures there are. */
    long pictures() {
        return parts.stream().mapToLong(PicturePart::size).sum();
    }

    /**
     * Lists a directory of shards, or a folder of pictures with its subfolders. Each picture is listed once.
     *
     * @param split of shards; nothing for all
     * @throws RecipeException if there is no picture, a shard is missing or truncated, or a split of a folder is requested
     */
    static ScoreInput of(Path place, Optional<Split> split, Storage storage) throws IOException {
        if (!storage.exists(place) || !storage.status(place).isDirectory()) {
            throw refused(ScoreFailures.notADirectory(place.toString()));
        }
        Path root = storage.qualified(place);
        ShardDirectory shards = new ShardDirectory(root, storage.configuration());
        ScoreInput input;
        if (shards.hasManifest()) {
            input = ofShards(shards, split);
        } else if (split.isPresent()) {
            throw refused(ScoreFailures.folderHasNoSplits(split.get().key(), root.toString()));
        } else {
            input = ofFolder(root, storage);
        }
        if (input.pictures() == 0) {
            throw refused(split.map(of -> ScoreFailures.noPicturesInSplit(root.toString(), of.key()))
                    .orElseGet(() -> ScoreFailures.noPictures(root.toString())));
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
