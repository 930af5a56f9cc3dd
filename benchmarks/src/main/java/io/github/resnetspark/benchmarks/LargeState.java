package io.github.resnetspark.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Training that transfers the 25.6 million parameters of ResNet-50 and their momentum, but trains hardly anything: two pictures of
 * 32 × 32 in a minibatch.
 */
final class LargeState {
    static final int BATCH = 2;

    private static final int CLASSES = 1000;
    private static final int SIDE = 32;
    /** Enough that no round of a measurement ends an epoch: such a round is shorter, and a checkpoint follows it. */
    private static final int PICTURES_PER_CLASS = 4;

    private LargeState() {}

    /** Writes the shards that it trains on. */
    static Path shards(Scratch scratch) throws IOException, InterruptedException {
        Path pictures = scratch.folder("pictures/train");
        for (int label = 0; label < CLASSES; label++) {
            Path folder = Files.createDirectories(pictures.resolve(String.format(Locale.ROOT, "%04d", label)));
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int number = 0; number < PICTURES_PER_CLASS; number++) {
                // No two pictures are the same.
                picture.setRGB(label % SIDE, label / SIDE, 0xffffff - number);
                ImageIO.write(picture, "png", folder.resolve(number + ".png").toFile());
            }
        }
        return new TrainingPictures("pictures of one point", pictures.getParent()).shards(scratch);
    }

    /**
     * The settings of {@code train}.
     *
     * @param every minibatches of a replica in a round
     */
    static List<String> settings(Path shards, int workers, int replicas, int every) {
        return List.of(
                "data.shards=" + shards,
                "model.family=imagenet",
                "model.depth=50",
                "model.block=bottleneck",
                "model.shortcut=B",
                "model.classes=" + CLASSES,
                "model.input=" + SIDE,
                "train.batch-size-per-replica=" + BATCH,
                "averaging.every=" + every,
                "optimizer.learning-rate=0.001",
                "cluster.workers=" + workers,
                "cluster.replicas=" + replicas);
    }
}
