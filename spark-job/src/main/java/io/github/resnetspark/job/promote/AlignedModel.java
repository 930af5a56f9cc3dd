package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.weights.LayerWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model whose outputs are brought into the order of other classes, by name. A class that it does not know gets the
 * probability 0, so every picture of such a class is an error. One that only it knows is left out, to its advantage.
 */
final class AlignedModel {
    private static final Logger LOG = LoggerFactory.getLogger(AlignedModel.class);
    /** A logit so low that the softmax gives exactly 0, and still a number. */
    private static final float NEVER = -1e4f;

    private AlignedModel() {}

    /** Whether it can be told which class of a model is which class of the shards: by their names, or if one side has numbers. */
    static boolean isPossible(List<String> model, List<String> shards) {
        boolean byNumber = model.size() == shards.size() && (areNumbers(model) || areNumbers(shards));
        return byNumber || model.stream().anyMatch(new HashSet<>(shards)::contains);
    }

    private static boolean areNumbers(List<String> classes) {
        return classes.stream().allMatch(name -> name.matches("\\d+"));
    }

    /** Whether two lists of classes differ in more than what their classes are called: an imported model may have numbers. */
    static boolean isNeeded(List<String> model, List<String> shards) {
        boolean sharesNames = model.stream().anyMatch(new HashSet<>(shards)::contains);
        return sharesNames && !model.equals(shards);
    }

    /**
     * Writes the model that has those classes.
     *
     * @param to a local directory that is not there yet
     */
    static void write(Bundle bundle, List<String> classes, Path to) throws IOException {
        List<String> own = bundle.labels();
        LOG.info(
                "the current version knows {} of the {} classes",
                classes.stream().filter(own::contains).count(),
                classes.size());
        ResNetSpec spec = bundle.spec().withClasses(classes.size());
        ComputationGraph from = bundle.network();
        try {
            ComputationGraph aligned = ResNet.create(spec, 0);
            try {
                align(from, own, aligned, classes);
                BundleWriter.write(
                        to, new BundleContents(spec, classes, bundle.preprocessing(), bundle.metricsJson()), aligned);
            } finally {
                aligned.close();
            }
        } finally {
            from.close();
        }
    }

    private static void align(ComputationGraph from, List<String> own, ComputationGraph aligned, List<String> classes) {
        LayerWeights.copyMatching(from, aligned);
        INDArray weights = aligned.getLayer(ResNet.HEAD).getParam("W"); // [features, classes]
        INDArray bias = aligned.getLayer(ResNet.HEAD).getParam("b"); // [classes]
        INDArray ownWeights = from.getLayer(ResNet.HEAD).getParam("W");
        INDArray ownBias = from.getLayer(ResNet.HEAD).getParam("b");
        for (int label = 0; label < classes.size(); label++) {
            int known = own.indexOf(classes.get(label));
            bias.putScalar(label, known < 0 ? NEVER : ownBias.getFloat(known));
            for (int feature = 0; feature < weights.rows(); feature++) {
                weights.putScalar(feature, label, known < 0 ? 0 : ownWeights.getFloat(feature, known));
            }
        }
    }
}
