package io.github.resnetspark.analysis;

import java.io.Serializable;

/**
 * The points at which the loss around a network is looked at: evenly spaced along one direction or two, the network itself
 * in the middle.
 *
 * @param dimensions 1 or 2
 * @param points along each direction; odd, so that the network itself is one of them
 * @param reach the largest step along each direction, in lengths of the network's own filters
 */
public record LossGrid(int dimensions, int points, double reach) implements Serializable {
    public LossGrid {
        if (dimensions < 1 || dimensions > 2 || points < 3 || points % 2 == 0 || !(reach > 0)) {
            throw new IllegalArgumentException(
                    "a grid of " + dimensions + " dimensions, " + points + " points and reach " + reach);
        }
    }

    /** Points of the whole grid. */
    public int size() {
        return dimensions == 1 ? points : Math.multiplyExact(points, points);
    }

    /** Steps along the first direction at a point, points counted row by row from 0. */
    public double x(int point) {
        return coordinate(point % points);
    }

    /** Steps along the second direction; 0 on a line. */
    public double y(int point) {
        return dimensions == 1 ? 0 : coordinate(point / points);
    }

    /** The network itself. */
    public int centre() {
        return size() / 2;
    }

    /** Steps along a direction at its {@code index}-th place: exactly 0 in the middle. */
    public double coordinate(int index) {
        int half = points / 2;
        return reach * (index - half) / half;
    }
}
