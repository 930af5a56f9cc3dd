package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.analysis.LossSurface;
import io.github.resnetspark.job.analyze.LandscapeJob.LandscapeSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A landscape with all points.
 *
 * @param network its name
 * @param settings of the landscape
 * @param examples number of pictures that every loss is averaged over
 * @param points row by row
 */
record Landscape(String network, LandscapeSettings settings, int examples, List<Point> points) {
    Landscape {
        points = List.copyOf(points);
    }

    LossGrid grid() {
        return settings.grid();
    }

    LossSurface surface() {
        return new LossSurface(grid(), points.stream().mapToDouble(Point::loss).toArray());
    }

    /** A summary in words. */
    String paragraph() {
        LossGrid grid = grid();
        LossSurface surface = surface();
        int minima = surface.localMinima();
        return String.format(
                Locale.ROOT,
                "The loss of %s on %,d pictures of the split %s at %s points, up to %.2f filter lengths along %s. The running"
                        + " statistics of batch normalisation are those of the trained network at all points. The network"
                        + " itself has the loss %.4f. The smallest loss on the grid is %.4f, the largest %.4g. %.1f %% of the"
                        + " points have a loss less than 1 above the network's own. %s",
                network,
                examples,
                settings.split().key(),
                grid.dimensions() == 1 ? Integer.toString(grid.points()) : grid.points() + " × " + grid.points(),
                grid.reach(),
                grid.dimensions() == 1 ? "one random direction" : "each of two random directions",
                surface.atCentre(),
                surface.least(),
                surface.greatest(),
                100 * surface.shareBelow(surface.atCentre() + 1),
                switch (minima) {
                    case 0 -> "No point inside the grid is lower than all of its neighbours.";
                    case 1 -> "One point is lower than all of its neighbours: a single bowl.";
                    default -> minima + " points are lower than all of their neighbours: the surface is rough.";
                });
    }

    /** {@code landscape.csv}: one line for every point, which starts with the steps along the directions. */
    String csv() {
        StringBuilder csv = new StringBuilder("x,y,loss,error\n");
        for (Point point : points) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%.6f,%.6f,%.6g,%.6f%n",
                    grid().x(point.index()),
                    grid().y(point.index()),
                    point.loss(),
                    point.error()));
        }
        return csv.toString();
    }

    /**
     * One point of a landscape.
     *
     * @param index in the grid, row by row
     * @param loss mean cross-entropy in nats; NaN if the network's outputs are NaN
     * @param error share of the pictures that are classified wrongly, 0 to 1
     */
    record Point(int index, double loss, double error) implements Serializable {
        /** A line from which {@link #parse} restores exactly the same numbers. */
        String line() {
            return String.format(Locale.ROOT, "%d,%s,%s%n", index, loss, error);
        }

        static Point parse(String line) {
            String[] fields = line.split(",", -1);
            return new Point(Integer.parseInt(fields[0]), Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
        }
    }
}
