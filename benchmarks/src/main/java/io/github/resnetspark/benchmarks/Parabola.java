package io.github.resnetspark.benchmarks;

import java.util.List;

/**
 * A curve {@code constant + linear · x + quadratic · x²}.
 *
 * @param constant its value at 0
 * @param linear factor of x
 * @param quadratic factor of x²
 */
record Parabola(double constant, double linear, double quadratic) {
    private static final int TERMS = 3;

    /** A measured point with a positive y. */
    record Point(double x, double y) {}

    /** The curve with the smallest squared relative distances from these points, which have at least three different x. */
    static Parabola through(List<Point> points) {
        // The normal equations, with the right side as the last column.
        double[][] equations = new double[TERMS][TERMS + 1];
        for (Point point : points) {
            double[] relative = {1 / point.y, point.x / point.y, point.x * point.x / point.y, 1};
            for (int row = 0; row < TERMS; row++) {
                for (int column = 0; column <= TERMS; column++) {
                    equations[row][column] += relative[row] * relative[column];
                }
            }
        }
        double[] factors = solved(equations);
        return new Parabola(factors[0], factors[1], factors[2]);
    }

    /** Gauss-Jordan elimination. The matrix is positive definite, so no rows need to be swapped. */
    private static double[] solved(double[][] equations) {
        for (int pivot = 0; pivot < TERMS; pivot++) {
            for (int row = 0; row < TERMS; row++) {
                double factor = equations[row][pivot] / equations[pivot][pivot];
                for (int column = pivot; column <= TERMS && row != pivot; column++) {
                    equations[row][column] -= factor * equations[pivot][column];
                }
            }
        }
        double[] factors = new double[TERMS];
        for (int term = 0; term < TERMS; term++) {
            factors[term] = equations[term][TERMS] / equations[term][term];
        }
        return factors;
    }

    double at(double x) {
        return constant + linear * x + quadratic * x * x;
    }
}
