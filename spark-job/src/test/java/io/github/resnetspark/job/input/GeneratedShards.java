package io.github.resnetspark.job.input;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** Small pictures of noise in three classes. The class is the channel that is brighter than the others. */
public final class GeneratedShards {
    public static final int SIZE = 8;
    public static final int CLASSES = 3;
    /** The smallest residual network that can classify them. */
    public static final ResNetSpec NETWORK = network(true);

    private static final Normalization NORMALIZATION =
            new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f});

    private GeneratedShards() {}

    /** The same network with or without batch normalisation. */
    public static ResNetSpec network(boolean batchNorm) {
        return new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.A, batchNorm, false, CLASSES, SIZE);
    }

    /** Writes shards of {@code perShard} pictures, in row groups of 16. */
    public static ShardSet write(Path folder, Split split, int pictures, int perShard, long seed) throws IOException {
        Configuration configuration = new Configuration();
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toUri());
        ShardDirectory directory = new ShardDirectory(path, configuration);
        SplittableRandom random = new SplittableRandom(seed);
        ImageCodec codec = new ImageCodec();
        int count = (pictures + perShard - 1) / perShard;
        List<Manifest.Shard> shards = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            try (ShardWriter writer =
                    new ShardWriter(directory, split.shardName(shard, count), 0, List.of("red", "green", "blue"), 16)) {
                for (int i = shard * perShard; i < Math.min(pictures, (shard + 1) * perShard); i++) {
                    int label = random.nextInt(CLASSES);
                    writer.write(new ShardRow(codec.encodePng(picture(label, random)), "made#" + i, label, SIZE, SIZE));
                }
                shards.add(writer.commit(Map.of()));
            }
        }
        return new ShardSet(path.toString(), shards, CLASSES, new SerializableConfiguration(configuration));
    }

    /** The shards, without augmentation. */
    public static MinibatchSource source(ShardSet shards) {
        return new MinibatchSource(
                shards,
                Preprocessing.of(SIZE, NORMALIZATION),
                PictureVariation.NONE,
                MinibatchVariation.NONE,
                0,
                1,
                4,
                1,
                2,
                MinibatchSource.LocalCache.NONE);
    }

    private static RgbImage picture(int label, SplittableRandom random) {
        byte[] pixels = new byte[SIZE * SIZE * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (random.nextInt(192) + (i % 3 == label ? 63 : 0));
        }
        return new RgbImage(SIZE, SIZE, pixels);
    }
}
