package io.github.resnetspark.job.worker;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The flat vectors of any network, out and in. */
public final class GraphState {
    private GraphState() {}

    /** Its parameters and its updater's state as they are. */
    public static NetworkState read(ComputationGraph net) {
        INDArray updaterState = net.getUpdater().getStateViewArray();
        return new NetworkState(
                FloatArrays.read(net.params()), updaterState == null ? new float[0] : FloatArrays.read(updaterState));
    }

    /** Overwrites both. */
    public static void write(NetworkState state, ComputationGraph net) {
        FloatArrays.write(state.parameters(), net.params());
        INDArray updaterState = net.getUpdater().getStateViewArray();
        if (updaterState != null) {
            FloatArrays.write(state.updaterState(), updaterState);
        }
    }
}
