package io.github.resnetspark.shard;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;

/** Small generated shards for the tests of this package. */
final class TestShards {
    static final List<String> CLASSES = List.of("cat", "dog", "bird");
    static final Configuration CONFIGURATION = new Configuration();

    private TestShards() {}

    static ShardDirectory directory(Path path) {
        return new ShardDirectory(new org.apache.hadoop.fs.Path(path.toUri()), CONFIGURATION);
    }

    /** Rows whose bytes are not pictures, which the format does not check. */
    static List<ShardRow> rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ShardRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(1, 400)];
            random.nextBytes(bytes);
            rows.add(new ShardRow(bytes, "n0/é" + i + ".png", random.nextInt(3), 1 + i, 2 + i));
        }
        return rows;
    }

    static List<ShardRow> pictures(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ImageCodec codec = new ImageCodec();
        List<ShardRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[4 * 3 * 3];
            random.nextBytes(pixels);
            rows.add(new ShardRow(codec.encodePng(new RgbImage(4, 3, pixels)), "made.bin#" + i, i % 3, 4, 3));
        }
        return rows;
    }

    static Manifest.Shard write(ShardDirectory directory, String name, List<ShardRow> rows, int rowGroup)
            throws IOException {
        try (ShardWriter writer = new ShardWriter(directory, name, 0, CLASSES, rowGroup)) {
            for (ShardRow row : rows) {
                writer.write(row);
            }
            return writer.commit(Map.of(FooterKeys.FINGERPRINT, "f00"));
        }
    }

    static Manifest manifest(List<Manifest.Shard> shards, List<SplitCounts> splits) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "0.1.0",
                "f00",
                "file:/made",
                Map.of("seed", "1", "format", "cifar10"),
                CLASSES,
                splits,
                new ChannelStatistics(
                        List.of(0.5, 0.25, 0.125), List.of(0.2, 0.1, 0.3), "every stored train picture", 5, 60),
                shards,
                List.of(new Quarantined("n0/bad.jpg", "The picture has no bytes.")));
    }
}
