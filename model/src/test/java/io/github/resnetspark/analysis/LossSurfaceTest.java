package io.github.resnetspark.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LossSurfaceTest {
    @Test
    void theCentreOfAGridIsTheNetworkItself() {
        LossGrid grid = new LossGrid(2, 5, 0.7);

        assertThat(grid.size()).isEqualTo(25);
        assertThat(grid.centre()).isEqualTo(12);
        assertThat(grid.x(12)).isEqualTo(0.0);
        assertThat(grid.y(12)).isEqualTo(0.0);
        assertThat(grid.x(0)).isEqualTo(-0.7);
        assertThat(grid.y(0)).isEqualTo(-0.7);
        assertThat(grid.x(4)).isEqualTo(0.7);
        assertThat(grid.y(4)).isEqualTo(-0.7);
        assertThat(grid.x(8)).isEqualTo(0.35);
        assertThat(grid.y(24)).isEqualTo(0.7);
    }

    @Test
    void aLineHasNoSecondDirection() {
        LossGrid line = new LossGrid(1, 3, 2);

        assertThat(line.size()).isEqualTo(3);
        assertThat(line.centre()).isEqualTo(1);
        assertThat(new double[] {line.x(0), line.x(1), line.x(2)}).containsExactly(-2, 0, 2);
        assertThat(line.y(2)).isZero();
    }

    @Test
    void refusesAGridWithoutACentre() {
        assertThatThrownBy(() -> new LossGrid(2, 4, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPointIsAMinimumIfAllItsNeighboursAreHigher() {
        LossGrid grid = new LossGrid(2, 5, 1);
        double[] losses = {
            0, 9, 9, 9, 9, //
            9, 1, 9, 9, 9, //
            9, 9, 9, 3, 9, //
            9, 9, 9, 3, 9, //
            9, 9, 9, 9, Double.NaN
        };

        LossSurface surface = new LossSurface(grid, losses);

        // 0 is on the edge, 1 is next to 0, and neither 3 is lower than the other.
        assertThat(surface.localMinima()).isZero();
        losses[12] = 2;
        assertThat(new LossSurface(grid, losses).localMinima()).isZero();
        losses[0] = 9;
        losses[6] = 2.5;
        assertThat(new LossSurface(grid, losses).localMinima()).isEqualTo(1);
        losses[6] = 9;
        losses[8] = 1;
        losses[16] = 1;
        losses[12] = 9;
        assertThat(new LossSurface(grid, losses).localMinima()).isEqualTo(2);
    }

    @Test
    void aValleyOnALineHasOneMinimum() {
        LossSurface surface = new LossSurface(new LossGrid(1, 5, 1), new double[] {4, 2, 1, 3, 0.5});

        assertThat(surface.localMinima()).isEqualTo(1);
        assertThat(surface.atCentre()).isEqualTo(1);
        assertThat(surface.least()).isEqualTo(0.5);
        assertThat(surface.greatest()).isEqualTo(4);
        assertThat(surface.shareBelow(2)).isEqualTo(0.4);
    }

    @Test
    void nanCountsAsInfinite() {
        LossSurface surface = new LossSurface(new LossGrid(1, 3, 1), new double[] {Double.NaN, 1, 2});

        assertThat(surface.greatest()).isInfinite();
        assertThat(surface.shareBelow(10)).isEqualTo(2 / 3.0);
    }
}
