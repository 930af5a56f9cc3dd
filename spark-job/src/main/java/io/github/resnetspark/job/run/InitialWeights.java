package io.github.resnetspark.job.run;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.NetworkFit;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.weights.LayerWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The weights of a model directory, as the initial weights of a run. */
final class InitialWeights {
    private static final Logger LOG = LoggerFactory.getLogger(InitialWeights.class);

    private final ModelDirectory from;
    private final ResNetSpec network;
    private final Path scratch;
    private Bundle bundle;

    /**
     * @param network network to train
     * @param scratch local directory for a copy of a remote model
     */
    InitialWeights(ModelDirectory from, ResNetSpec network, Path scratch) {
        this.from = from;
        this.network = network;
        this.scratch = scratch;
    }

    /** Why they cannot be used; empty if all layers except the head match. */
    Optional<String> problem() throws IOException {
        try {
            return NetworkFit.obstacle(bundle(), network)
                    .map(obstacle -> TrainingFailures.initialModelDoesNotFit(from.toString(), obstacle));
        } catch (BundleException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Copies them, if there is no {@link #problem}. The head, the last layer, keeps its own initial weights unless the
     * model has the same classes in the same order.
     *
     * @param classNames names in the shards, by class number
     */
    void copyTo(ComputationGraph net, List<String> classNames) throws IOException {
        Map<String, INDArray> ownHead = new LinkedHashMap<>();
        net.getLayer(ResNet.HEAD).paramTable().forEach((name, values) -> ownHead.put(name, values.dup()));
        ComputationGraph source = bundle().network();
        try {
            LayerWeights.copyMatching(source, net);
        } finally {
            source.close();
        }
        if (bundle().labels().equals(classNames)) {
            LOG.info(TrainingNotices.initialWeights(from.toString()));
        } else {
            ownHead.forEach(
                    (name, values) -> net.getLayer(ResNet.HEAD).getParam(name).assign(values));
            LOG.info(TrainingNotices.initialWeightsWithNewHead(
                    from.toString(), bundle().labels().size(), classNames.size()));
        }
    }

    private Bundle bundle() throws IOException {
        if (bundle == null) {
            bundle = Bundle.open(from.local(scratch));
        }
        return bundle;
    }
}
