package io.github.resnetspark.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionTest {
    /** Filters of norms 5, 0 and 2, with other numbers before, between and after them. */
    private static final float[] PARAMETERS = {9, 3, -4, 8, 0, 0, 7, 0, 2, 0, 6};

    private static final List<Filter> FILTERS = List.of(new Filter(1, 2), new Filter(4, 2), new Filter(7, 3));

    @Test
    void everyFilterHasTheNormOfTheNetworksOwn() {
        float[] direction = Direction.random(PARAMETERS, FILTERS, 42);

        // By hand: two Gaussian numbers scaled to length 5, two to length 0, three to length 2.
        Random random = new Random(42);
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        double length = Math.sqrt(a * a + b * b);
        assertThat(direction[1]).isEqualTo((float) (5 * a / length), within(1e-6f));
        assertThat(direction[2]).isEqualTo((float) (5 * b / length), within(1e-6f));
        assertThat(direction[4]).isZero();
        assertThat(direction[5]).isZero();
        assertThat(Math.sqrt(Math.pow(direction[7], 2) + Math.pow(direction[8], 2) + Math.pow(direction[9], 2)))
                .isEqualTo(2, within(1e-6));
        assertThat(direction[7]).isNotZero();
    }

    @Test
    void numbersOutsideFiltersDoNotChange() {
        float[] direction = Direction.random(PARAMETERS, FILTERS, 42);

        assertThat(new float[] {direction[0], direction[3], direction[6], direction[10]})
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void theSeedDeterminesTheDirection() {
        assertThat(Direction.random(PARAMETERS, FILTERS, 1))
                .isEqualTo(Direction.random(PARAMETERS, FILTERS, 1))
                .isNotEqualTo(Direction.random(PARAMETERS, FILTERS, 2));
    }

    @Test
    void aStepAddsBothDirectionsAndKeepsTheCentre() {
        float[] centre = {1, 2};

        assertThat(Direction.step(centre, new float[] {1, 0}, 0.5, new float[] {2, 4}, -0.25))
                .containsExactly(1, 1);
        assertThat(Direction.step(centre, new float[] {1, 3}, -1, new float[0], 0))
                .containsExactly(0, -1);
        assertThat(Direction.step(centre, new float[] {1, 3}, 0, new float[] {5, 5}, 0))
                .containsExactly(1, 2);
        assertThat(centre).containsExactly(1, 2);
    }
}
