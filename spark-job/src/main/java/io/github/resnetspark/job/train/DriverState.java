package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.worker.NetworkState;
import java.nio.FloatBuffer;

/** A state that the driver has, of which it seldom needs all. */
interface DriverState {
    /** All of it. */
    NetworkState network();

    /** Its running means, as {@link BatchNormMoments#means} gives them. */
    float[] means(BatchNormMoments moments);

    /** One that is there as a whole. */
    static DriverState of(NetworkState state) {
        return new DriverState() {
            @Override
            public NetworkState network() {
                return state;
            }

            @Override
            public float[] means(BatchNormMoments moments) {
                return moments.means(FloatBuffer.wrap(state.parameters())::get);
            }
        };
    }
}
