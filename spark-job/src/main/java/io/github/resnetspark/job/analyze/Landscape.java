package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.analysis.LossSurface;
import java.util.List;
import java.util.Locale;

/**
 * A landscape, all points computed.
 *
 * @param network its name
 * @param settings what was asked for
 * @param examples pictures that every loss is the mean of
 * @param points row by row
 */
record Landscape(String network, LandscapeSettings settings, int examples, List<LandscapePoint> points) {
    Landscape {
        points = List.copyOf(points);
    }

    LossGrid grid() {
        return settings.grid();
    }

    LossSurface surface() {
        return new LossSurface(
                grid(), points.stream().mapToDouble(LandscapePoint::loss).toArray());
    }

    /** {@code landscape.csv}: one line for every point, the steps along the directions first. */
    String csv() {
        StringBuilder csv = new StringBuilder("x,y,loss,error\n");
        for (LandscapePoint point : points) {
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
}
