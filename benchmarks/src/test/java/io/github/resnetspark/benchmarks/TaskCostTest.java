package io.github.resnetspark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskCostTest {
    @Test
    void findsTheCostOfAnEmptyRoundAWorkerAndAPairOfWorkers() {
        TaskCost cost = TaskCost.of(Stream.of("2 0.1124 0.054", "8 0.1544 0.066", "16 0.2216 0.082", "64 0.8936 0.178")
                .map(TaskCost.Row::parse)
                .toList());

        assertThat(cost.seconds().constant()).isCloseTo(0.1, within(1e-9));
        assertThat(cost.seconds().linear()).isCloseTo(0.006, within(1e-9));
        assertThat(cost.seconds().quadratic()).isCloseTo(0.0001, within(1e-9));
        assertThat(cost.processorSeconds().constant()).isCloseTo(0.05, within(1e-9));
        assertThat(cost.processorSeconds().linear()).isCloseTo(0.002, within(1e-9));
        assertThat(cost.processorSeconds().quadratic()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aSmallRoundCountsAsMuchAsALargeOne() {
        List<Parabola.Point> points = Stream.of(1, 2, 4, 8, 64)
                .map(workers -> new Parabola.Point(workers, workers == 1 ? 1.2 : workers))
                .toList();

        Parabola curve = Parabola.through(points);

        assertThat(points)
                .allSatisfy(point -> assertThat(curve.at(point.x()) / point.y()).isBetween(0.9, 1.1));
    }
}
