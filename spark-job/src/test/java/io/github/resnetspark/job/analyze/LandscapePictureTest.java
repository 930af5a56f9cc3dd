package io.github.resnetspark.job.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.analyze.Landscape.Point;
import io.github.resnetspark.job.analyze.LandscapeJob.LandscapeSettings;
import io.github.resnetspark.job.chart.HeatPanel;
import io.github.resnetspark.job.chart.Picture;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandscapePictureTest {
    @Test
    void coloursRangeFromTheSmallestLossToTheLimit() throws IOException {
        HeatPanel map = map(10, 1, 2, 3, 2, 0.1, 2, 3, 2, Double.NaN);

        assertThat(map.least()).isEqualTo(-1, within(1e-12));
        assertThat(map.most()).isEqualTo(1);
    }

    @Test
    void aMapWithAllLossesAboveTheLimitHasOneColour() throws IOException {
        for (double losses : new double[] {50, Double.NaN, Double.POSITIVE_INFINITY}) {
            HeatPanel map =
                    map(10, IntStream.range(0, 9).mapToDouble(i -> losses).toArray());

            assertThat(map.least()).isZero();
            assertThat(map.most()).isEqualTo(1);
            for (double[] row : map.values()) {
                assertThat(row).containsOnly(1);
            }
        }
    }

    private static HeatPanel map(double highestDrawn, double... losses) throws IOException {
        Landscape landscape = new Landscape(
                "CIFAR ResNet-8 (A)",
                new LandscapeSettings(
                        URI.create("file:/m"),
                        URI.create("file:/s"),
                        Split.TRAIN,
                        60,
                        new LossGrid(2, 3, 0.5),
                        1,
                        highestDrawn),
                64,
                IntStream.range(0, losses.length)
                        .mapToObj(i -> new Point(i, losses[i], 0.5))
                        .toList());
        Picture picture = LandscapePicture.of(landscape);
        assertThat(picture.svg()).isNotEmpty();
        return (HeatPanel) picture.panels().get(0);
    }
}
