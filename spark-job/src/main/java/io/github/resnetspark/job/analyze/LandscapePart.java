package io.github.resnetspark.job.analyze;

import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Some points that follow one another: what one task computes, and writes to a file of its own as soon as it is done.
 *
 * @param first index of a point in the grid
 * @param end index after the last
 */
record LandscapePart(int first, int end) implements Serializable {
    /** A task is to take a few seconds: what a killed run loses, and how often it tells of progress. */
    private static final int POINTS = 8;

    /** All parts of a grid. */
    static List<LandscapePart> of(int points) {
        List<LandscapePart> parts = new ArrayList<>();
        for (int first = 0; first < points; first += POINTS) {
            parts.add(new LandscapePart(first, Math.min(points, first + POINTS)));
        }
        return parts;
    }

    private String file() {
        return String.format(Locale.ROOT, "points-%06d.csv", first);
    }

    /** What an earlier run has computed. */
    Optional<List<LandscapePoint>> read(AnalysisDirectory directory) throws IOException {
        return directory.has(file())
                ? Optional.of(directory
                        .read(file())
                        .lines()
                        .map(LandscapePoint::parse)
                        .toList())
                : Optional.empty();
    }

    /** Computes the points on this executor, and writes them. */
    List<LandscapePoint> compute(LandscapeContext context) throws IOException, InterruptedException {
        List<LandscapePoint> points = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int index = first; index < end; index++) {
            LandscapePoint point = context.at(index);
            points.add(point);
            lines.append(point.line());
        }
        Storage storage = Storage.of(context.source().shards().configuration().value());
        new AnalysisDirectory(storage, URI.create(context.parts())).write(file(), lines.toString());
        return points;
    }
}
