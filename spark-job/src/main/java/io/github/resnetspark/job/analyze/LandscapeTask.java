package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.Direction;
import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.analyze.Landscape.Point;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.SplitEvaluation;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.WorkerShare;
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
 * Some points that follow one another: what one task computes, and writes to a file of its own as soon as it is done.
 *
 * @param first index of a point in the grid
 * @param end index after the last
 */
record LandscapeTask(int first, int end) implements Serializable {
    /** A task is to take a few seconds: what a killed run loses, and how often it tells of progress. */
    private static final int POINTS = 8;

    /** All parts of a grid. */
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

    /** What an earlier run has computed. */
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
     * What all tasks of a landscape have in common. The running statistics of batch normalisation are part of the parameters
     * and stay those of the trained network at every point, as in the authors' code.
     *
     * @param replica the network
     * @param source the pictures
     * @param share those that the loss is of
     * @param centre the network's parameters
     * @param first the direction from left to right
     * @param second the direction from below to above; empty on a line
     * @param grid the points
     * @param parts the directory of what is finished
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
    record Context(
            ReplicaSpec replica,
            MinibatchSource source,
            WorkerShare share,
            float[] centre,
            float[] first,
            float[] second,
            LossGrid grid,
            String parts)
            implements Serializable {

        /** The loss at one point: a forward pass of all pictures, in inference mode. */
        Point at(int index) throws InterruptedException {
            float[] parameters = Direction.step(centre, first, grid.x(index), second, grid.y(index));
            EvaluationCounts counts = new SplitEvaluation.Task(share).run(replica, source, parameters);
            return new Point(index, counts.loss(), 1 - counts.top1());
        }
    }
}
