package io.github.resnetspark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChannelSumsTest {
    @Test
    void meanAndStdAreOverAllPixelsOnAScaleOfZeroToOne() {
        ChannelSums sums = sums(new RgbImage(1, 2, new byte[] {0, 10, (byte) 255, 0, 20, (byte) 255}))
                .plus(sums(new RgbImage(2, 1, new byte[] {(byte) 255, 30, (byte) 255, (byte) 255, 40, (byte) 255})));

        ChannelStatistics channels = sums.toManifest("these");

        Offset<Double> exact = Offset.offset(1e-12);
        assertThat(channels.mean().get(0)).isCloseTo(0.5, exact);
        assertThat(channels.mean().get(1)).isCloseTo(25 / 255.0, exact);
        assertThat(channels.mean().get(2)).isCloseTo(1, exact);
        assertThat(channels.std().get(0)).isCloseTo(0.5, exact);
        assertThat(channels.std().get(1)).isCloseTo(Math.sqrt(125) / 255, exact);
        assertThat(channels.std().get(2)).isZero();
        assertThat(channels.pictures()).isEqualTo(2);
        assertThat(channels.pixels()).isEqualTo(4);
    }

    @Test
    void sumsDoNotDependOnHowPicturesAreDistributed() {
        List<RgbImage> images = List.of(noise(1), noise(2), noise(3));
        ChannelSums.Builder all = new ChannelSums.Builder();
        images.forEach(all::add);

        assertThat(sums(images.get(2)).plus(sums(images.get(0)).plus(sums(images.get(1)))))
                .isEqualTo(all.build());
    }

    private static ChannelSums sums(RgbImage image) {
        ChannelSums.Builder builder = new ChannelSums.Builder();
        builder.add(image);
        return builder.build();
    }

    private static RgbImage noise(long seed) {
        byte[] pixels = new byte[5 * 6 * 3];
        new java.util.SplittableRandom(seed).nextBytes(pixels);
        return new RgbImage(5, 6, pixels);
    }
}
