package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.WeightedAverage;
import io.github.resnetspark.job.exchange.StateSlices;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The average of the replicas of one worker, in their own memory. Each replica averages one part of the vectors, so all
 * of them compute in parallel. Weights are the examples since the last averaging. Sums are in double precision and in
 * replica order, as between workers.
 */
final class WithinWorker {
    private final LentReplicas<Replica> replicas;
    private final BatchNormMoments moments;
    private final StateSlices slices;
    private final float[] centre;
    private final List<FloatBuffer> parameters;
    private final List<FloatBuffer> updaterStates;

    /**
     * @param slices the parts of the state that are averaged
     * @param centre running means at the start of the round, around which second moments are computed
     */
    WithinWorker(LentReplicas<Replica> replicas, BatchNormMoments moments, StateSlices slices, float[] centre)
            throws InterruptedException {
        this.replicas = replicas;
        this.moments = moments;
        this.slices = slices;
        this.centre = centre;
        this.parameters = replicas.askAll((replica, index) -> replica.state().parameters());
        this.updaterStates = replicas.askAll((replica, index) -> replica.state().updaterState());
    }

    /**
     * Replaces the state of all replicas by their average.
     *
     * @param examples of each replica since the last averaging
     */
    void spread(List<Long> examples) throws InterruptedException {
        if (replicas.size() > 1) {
            toMoments();
            average(parameters, examples, true);
            average(updaterStates, examples, true);
            replicas.askAll((replica, index) -> {
                moments.toVariances(parameters.get(index), centre);
                return replica;
            });
        }
    }

    /**
     * Replaces the state of the first replica by the average, with second moments instead of running variances. The
     * momentum is left out if it is not transferred.
     *
     * @param examples of each replica since the last averaging
     */
    void toFirst(List<Long> examples) throws InterruptedException {
        toMoments();
        if (replicas.size() > 1) {
            average(parameters, examples, false);
            if (slices.hasUpdaterState()) {
                average(updaterStates, examples, false);
            }
        }
    }

    private void toMoments() throws InterruptedException {
        replicas.askAll((replica, index) -> {
            moments.toMoments(parameters.get(index), centre);
            return replica;
        });
    }

    private void average(List<FloatBuffer> vectors, List<Long> examples, boolean forAll) {
        StateSlices.Slices parts = new StateSlices.Slices(vectors.get(0).capacity(), replicas.size());
        long[] weights = examples.stream().mapToLong(Long::longValue).toArray();
        // Each part is in the memory of all replicas. An interrupted task closes its replicas, and so frees that.
        replicas.finishAll((replica, part) -> {
            FloatBuffer[] values = vectors.stream()
                    .map(vector -> vector.slice(parts.start(part), parts.size(part)))
                    .toArray(FloatBuffer[]::new);
            WeightedAverage.write(values, weights, forAll ? values : new FloatBuffer[] {values[0]});
            return part;
        });
    }
}
