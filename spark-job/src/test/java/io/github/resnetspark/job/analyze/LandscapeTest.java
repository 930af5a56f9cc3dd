package io.github.resnetspark.job.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.analyze.Landscape.Point;
import io.github.resnetspark.job.analyze.LandscapeJob.LandscapeSettings;
import io.github.resnetspark.shard.Split;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandscapeTest {
    @Test
    void distinguishesABowlFromARoughSurface() {
        assertThat(landscape(3, 1, 0.25, 1.5, 4).paragraph())
                .isEqualTo(
                        "The loss of CIFAR ResNet-8 (A) on 64 pictures of the split train at 5 points, up to 0.50 filter"
                                + " lengths along one random direction. The running statistics of batch normalisation are those of"
                                + " the trained network at all points. The network itself has the loss 0.2500. The smallest loss on"
                                + " the grid is 0.2500, the largest 4.000. 40.0 % of the points have a loss less than 1 above the"
                                + " network's own. One"
                                + " point is lower than all of its neighbours: a single bowl.");
        assertThat(landscape(3, 1, 2, 1.5, 4).paragraph())
                .endsWith("2 points are lower than all of their neighbours: the surface is rough.");
        assertThat(landscape(5, 4, 3, 2, 1).paragraph())
                .endsWith("No point inside the grid is lower than all of its neighbours.");
    }

    @Test
    void aLineOfTheTableRestoresExactlyTheSameNumbers() {
        Point point = new Point(7, 0.1 + 0.2, 1.0 / 3);

        assertThat(Point.parse(point.line().strip())).isEqualTo(point);
        assertThat(Point.parse(new Point(1, Double.NaN, 1).line().strip()).loss())
                .isNaN();
    }

    private static Landscape landscape(double... losses) {
        return new Landscape(
                "CIFAR ResNet-8 (A)",
                new LandscapeSettings(
                        URI.create("file:/m"),
                        URI.create("file:/s"),
                        Split.TRAIN,
                        60,
                        new LossGrid(1, losses.length, 0.5),
                        1,
                        10),
                64,
                IntStream.range(0, losses.length)
                        .mapToObj(i -> new Point(i, losses[i], 0.5))
                        .toList());
    }
}
