package io.github.resnetspark.analysis;

import java.io.Serializable;

/**
 * The points at which the loss around a network is computed: evenly spaced along one or two directions, with the network itself at
 * the centre.
 *
 * @param dimensions 1 or 2
 * @param points along each direction, at least 3; odd, so that the network itself is one of them
 * @param reach the largest step along each direction, above 0, in norms of the network's own filters
 */
public record LossGrid(int dimensions, int points, double reach) implements Serializable {
    public LossGrid {
        if (dimensions < 1 || dimensions > 2 || points < 3 || points % 2 == 0 || !(reach > 0)) {
            throw new IllegalArgumentException(
                    "A grid cannot have " + dimensions + " dimensions, " + points + " points and reach " + reach + ".");
        }
    }

    /** The number of points. */
    public int size() {
        return dimensions == 1 ? points : Math.multiplyExact(points, points);
    }

    /** The coordinate of a point along the first direction. Points are counted row by row from 0. */
    public double x(int point) {
        return coordinate(point % points);
    }

    /** The coordinate of a point along the second direction; 0 on a line. */
    public double y(int point) {
        return dimensions == 1 ? 0 : coordinate(point / points);
    }

    /** The point of the network itself. */
    public int centre() {
        return size() / 2;
    }

    /** The coordinate of the {@code index}-th point along a direction, exactly 0 at the centre. */
    public double coordinate(int index) {
        int half = points / 2;
        return reach * (index - half) / half;
    }
}
