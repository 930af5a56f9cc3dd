package io.github.resnetspark.job.worker;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How a network's flat vectors are laid out: what the averaging must know about it. */
public final class StateLayout {
    private final ComputationGraph net;
    private final List<RunningStatistics> runningStatistics = new ArrayList<>();

    public StateLayout(ComputationGraph net) {
        this.net = net;
        for (Layer layer : net.getLayers()) {
            if (layer instanceof BatchNormalization) {
                INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
                INDArray variance = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
                // Parameters are views of the flat vector, so their offsets are their places in it.
                runningStatistics.add(new RunningStatistics(
                        Math.toIntExact(mean.offset()),
                        Math.toIntExact(variance.offset()),
                        Math.toIntExact(mean.length())));
            }
        }
    }

    /** The parameters of a model directory; the network that they are read from is closed again. */
    public static float[] parameters(Bundle bundle) throws IOException {
        ComputationGraph net = bundle.network();
        try {
            return new StateLayout(net).withoutMomentum().parameters();
        } finally {
            net.close();
        }
    }

    /** Where batch-norm's running statistics lie. */
    public BatchNormMoments moments() {
        return new BatchNormMoments(runningStatistics);
    }

    /** The network's parameters as they are, with a momentum of 0. */
    public NetworkState withoutMomentum() {
        float[] parameters = FloatArrays.read(net.params());
        int untrained = 2
                * runningStatistics.stream()
                        .mapToInt(RunningStatistics::channels)
                        .sum();
        return new NetworkState(parameters, new float[parameters.length - untrained]);
    }

    /** Fills the network with parameters {@code [numParams]}. */
    public void fill(float[] parameters) {
        FloatArrays.write(parameters, net.params());
    }
}
