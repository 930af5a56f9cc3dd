package io.github.resnetspark.analysis;

/**
 * The losses on a grid and figures that describe the shape of their surface. NaN counts as infinite.
 *
 * @param grid the points
 * @param losses of the points, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LossSurface(LossGrid grid, double[] losses) {
    public LossSurface {
        losses = losses.clone();
        for (int i = 0; i < losses.length; i++) {
            losses[i] = Double.isNaN(losses[i]) ? Double.POSITIVE_INFINITY : losses[i];
        }
    }

    /** The loss of the network itself. */
    public double atCentre() {
        return losses[grid.centre()];
    }

    /** The lowest loss. */
    public double least() {
        double least = Double.POSITIVE_INFINITY;
        for (double loss : losses) {
            least = Math.min(least, loss);
        }
        return least;
    }

    /** The highest loss. */
    public double greatest() {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double loss : losses) {
            greatest = Math.max(greatest, loss);
        }
        return greatest;
    }

    /** The share of the points with a loss below a value, 0 to 1. */
    public double shareBelow(double loss) {
        int below = 0;
        for (double value : losses) {
            below += value < loss ? 1 : 0;
        }
        return (double) below / losses.length;
    }

    /**
     * The number of points that are lower than all eight neighbours (two on a line). A smooth bowl has one, a rough surface many.
     * Points on the edge do not count, because not all of their neighbours are known.
     */
    public int localMinima() {
        int minima = 0;
        for (int point = 0; point < losses.length; point++) {
            minima += isLocalMinimum(point) ? 1 : 0;
        }
        return minima;
    }

    private boolean isLocalMinimum(int point) {
        int column = point % grid.points();
        int row = point / grid.points();
        int rows = grid.dimensions() == 1 ? 0 : 1;
        if (isEdge(column) || (rows == 1 && isEdge(row))) {
            return false;
        }
        for (int down = -rows; down <= rows; down++) {
            for (int right = -1; right <= 1; right++) {
                boolean itself = down == 0 && right == 0;
                if (!itself && losses[(row + down) * grid.points() + column + right] <= losses[point]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isEdge(int index) {
        return index == 0 || index == grid.points() - 1;
    }
}
