package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.Direction;
import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.analyze.Landscape.Point;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Consecutive points that one task computes, and writes to its own file as soon as it is done.
 *
 * @param first index of a point in the grid
 * @param end index after the last
 */
record LandscapeTask(int first, int end) implements Serializable {
    /** A task should take a few seconds: that is what a killed run loses, and how often progress is visible. */
    private static final int POINTS = 8;

    /** All tasks of a grid. */
    static List<LandscapeTask> of(int points) {
        List<LandscapeTask> parts = new ArrayList<>();
        for (int first = 0; first < points; first += POINTS) {
            parts.add(new LandscapeTask(first, Math.min(points, first + POINTS)));
        }
        return parts;
    }

    private String file() {
        return String.format(Locale.ROOT, "points-%06d.csv", first);
    }

    /** The points of an earlier run, if it has computed them. */
    Optional<List<Point>> read(AnalysisDirectory directory) throws IOException {
        return directory.has(file())
                ? Optional.of(directory.read(file()).lines().map(Point::parse).toList())
                : Optional.empty();
    }

    /** Computes the points on this executor, and writes them. */
    List<Point> compute(Context context) throws IOException, InterruptedException {
        List<Point> points = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int index = first; index < end; index++) {
            Point point = context.at(index);
            points.add(point);
            lines.append(point.line());
        }
        Storage storage = Storage.of(context.source().shards().configuration().value());
        new AnalysisDirectory(storage, URI.create(context.parts())).write(file(), lines.toString());
        return points;
    }

    /**
     * What all tasks of a landscape share. The running statistics of batch normalisation are part of the parameters and stay those of
     * the trained network at every point, as in the authors' code.
     *
     * @param replica the network
     * @param source the pictures
     * @param share the pictures of the loss
     * @param centre the network's parameters
     * @param first the direction from left to right
     * @param second the direction from bottom to top; empty for a line
     * @param grid the points
     * @param parts the directory of finished points
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
    record Context(
            ReplicaSpec replica,
            MinibatchSource source,
            ReplicaShare share,
            float[] centre,
            float[] first,
            float[] second,
            LossGrid grid,
            String parts)
            implements Serializable {

        /** The loss at one point: a forward pass of all pictures, in inference mode. */
        Point at(int index) throws InterruptedException {
            float[] parameters = Direction.step(centre, first, grid.x(index), second, grid.y(index));
            EvaluationCounts counts = new SplitEvaluation.Task(List.of(share), false).run(replica, source, parameters);
            return new Point(index, counts.loss(), 1 - counts.top1());
        }
    }
}
