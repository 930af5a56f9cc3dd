package io.github.resnetspark.job.dataset;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Thumbnail;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.TrainingTransform;
import io.github.resnetspark.shard.ShardRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures as a network sees them, through the transforms of training and evaluation.
 *
 * @param kind how they became input
 * @param pictures those that can be decoded
 */
record SeenPictures(InputKind kind, List<Seen> pictures) {
    private static final long SEED = 1;

    /**
     * One picture.
     *
     * @param label its class
     * @param evaluated as a {@code data:} URI
     * @param trained the same picture, augmented
     */
    record Seen(int label, String evaluated, String trained) {}

    static SeenPictures of(List<ShardRow> rows, InputKind kind) {
        List<Seen> pictures = new ArrayList<>();
        try (TrainingTransform evaluation = new TrainingTransform(PictureVariation.NONE, kind.preprocessing());
                TrainingTransform training = new TrainingTransform(kind.variation(), kind.preprocessing())) {
            for (int index = 0; index < rows.size(); index++) {
                ShardRow row = rows.get(index);
                try {
                    pictures.add(new Seen(
                            row.label(),
                            thumbnail(evaluation, row, SEED + index, kind),
                            thumbnail(training, row, SEED + index, kind)));
                } catch (ImageException e) {
                    // With prepare.check = header, shards may have damaged pictures. verify finds them.
                }
            }
        }
        return new SeenPictures(kind, List.copyOf(pictures));
    }

    private static String thumbnail(TrainingTransform transform, ShardRow row, long seed, InputKind kind) {
        float[] input = new float[kind.preprocessing().inputLength()];
        transform.apply(row.bytes(), seed, input, 0);
        return Thumbnail.ofInput(
                input, kind.preprocessing().inputSize(), kind.preprocessing().normalization());
    }
}
