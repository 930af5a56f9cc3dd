package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.weights.LayerWeights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Whether a network can begin with the weights of a model: all layers but the head must fit. */
public final class NetworkFit {
    private NetworkFit() {}

    /**
     * Why it cannot, in words that follow «the model is a»; nothing if it can.
     *
     * @param network that is to begin with them
     */
    public static Optional<String> obstacle(Bundle model, ResNetSpec network) throws IOException {
        List<String> kept = kept(model, network);
        return kept.isEmpty() || kept.equals(List.of(ResNet.HEAD))
                ? Optional.empty()
                : Optional.of(model.spec().displayName() + ", whose layers do not fit a " + network.displayName() + " ("
                        + kept.size() + " layers differ, e.g. " + kept.get(0) + ")");
    }

    private static List<String> kept(Bundle model, ResNetSpec network) throws IOException {
        ComputationGraph from = model.network();
        try {
            ComputationGraph to = ResNet.create(network, 0);
            try {
                return LayerWeights.copyMatching(from, to);
            } finally {
                to.close();
            }
        } finally {
            from.close();
        }
    }
}
