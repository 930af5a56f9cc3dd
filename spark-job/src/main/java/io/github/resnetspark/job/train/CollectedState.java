package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.StateSlices;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Memory for a state as it comes from the executors, slice by slice, which states take turns in: with new memory for each, the
 * driver's garbage collector is busier than the driver.
 */
final class CollectedState {
    private final StateSlices cut;
    private final List<RawFloats> slices;
    /** How many states have begun to be collected here. */
    private final AtomicInteger turn = new AtomicInteger();

    /** For states that are cut like this. */
    CollectedState(StateSlices cut) {
        this.cut = cut;
        this.slices = IntStream.range(0, cut.count())
                .mapToObj(slice -> RawFloats.zeros(cut.slices().size(slice)))
                .toList();
    }

    /** The memory itself, slice by slice, for the next state: the one before cannot be asked for any longer. */
    List<RawFloats> overwrite() {
        turn.incrementAndGet();
        return slices;
    }

    /**
     * The average that has been collected, until it is overwritten.
     *
     * @param centre the means around which its running variances are second moments
     */
    DriverState average(BatchNormMoments moments, float[] centre) {
        int mine = turn.get();
        return new DriverState() {
            @Override
            public NetworkState network() {
                NetworkState state = cut.join(slices);
                moments.toVariances(FloatBuffer.wrap(state.parameters()), centre);
                requireTurn(mine);
                return state;
            }

            @Override
            public float[] means(BatchNormMoments ofThese) {
                float[] means = ofThese.means((from, to, at, count) -> cut.parameters(slices, from, to, at, count));
                requireTurn(mine);
                return means;
            }
        };
    }

    private void requireTurn(int mine) {
        if (turn.get() != mine) {
            throw new IllegalStateException("the average of a round was asked for after two more rounds");
        }
    }
}
