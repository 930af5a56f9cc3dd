package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.message.job.RegistryReasons;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.weights.LayerWeights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Whether a network can start from the weights of a model: all layers except the last one must fit. */
public final class NetworkFit {
    private NetworkFit() {}

    /**
     * Why it cannot, in words that follow "the model is a"; nothing if it can.
     *
     * @param network that is to start from them
     */
    public static Optional<String> obstacle(Bundle model, ResNetSpec network) throws IOException {
        List<String> kept = kept(model, network);
        return kept.isEmpty() || kept.equals(List.of(ResNet.HEAD))
                ? Optional.empty()
                : Optional.of(RegistryReasons.layersDiffer(model.spec().displayName(), network.displayName(), kept));
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
