package io.github.resnetspark.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What workers cost in a round, even if they do nothing: a constant, a part per worker for its two tasks, and a part per pair of workers,
 * because every worker receives a slice from every other.
 *
 * @param seconds of a round, by its number of workers
 * @param processorSeconds that the driver used for a round, by its number of workers
 */
record TaskCost(Parabola seconds, Parabola processorSeconds) {
    /** A worker has one task for training and one for averaging. */
    static final int TASKS_PER_WORKER = 2;

    /** Rounds with one number of workers. Figures are per round. */
    record Row(int workers, double seconds, double processorSeconds) {
        /** Reads a line that {@link EmptyRounds} has printed. */
        static Row parse(String line) {
            String[] figures = line.split(" ", -1);
            return new Row(
                    Integer.parseInt(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
        }
    }

    /** Fits curves to the measured rounds. */
    static TaskCost of(List<Row> rows) {
        return new TaskCost(curve(rows, Row::seconds), curve(rows, Row::processorSeconds));
    }

    private static Parabola curve(List<Row> rows, ToDoubleFunction<Row> figure) {
        return Parabola.through(rows.stream()
                .map(row -> new Parabola.Point(row.workers(), figure.applyAsDouble(row)))
                .toList());
    }
}
