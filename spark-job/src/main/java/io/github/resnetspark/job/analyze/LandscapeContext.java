package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.Direction;
import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationTask;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.job.replica.ReplicaSpec;
import java.io.Serializable;

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
record LandscapeContext(
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
    LandscapePoint at(int index) throws InterruptedException {
        float[] parameters = Direction.step(centre, first, grid.x(index), second, grid.y(index));
        EvaluationCounts counts = new EvaluationTask(share).run(replica, source, parameters);
        return new LandscapePoint(index, counts.loss(), 1 - counts.top1());
    }
}
