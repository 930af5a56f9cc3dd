package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.message.job.PromotionNotices;
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
 * A model with its outputs rearranged to the order of other classes, by name. A class that the model does not know gets the
 * probability 0, so every picture of that class counts as an error. A class that only the model knows is left out, which favours it.
 */
final class AlignedModel {
    private static final Logger LOG = LoggerFactory.getLogger(AlignedModel.class);
    /** A finite logit so low that the softmax gives exactly 0. */
    private static final float NEVER = -1e4f;

    private AlignedModel() {}

    /** Whether the classes of a model can be matched with those of the shards: by name, or by number if one side has only numbers. */
    static boolean isPossible(List<String> model, List<String> shards) {
        boolean byNumber = model.size() == shards.size() && (areNumbers(model) || areNumbers(shards));
        return byNumber || model.stream().anyMatch(new HashSet<>(shards)::contains);
    }

    private static boolean areNumbers(List<String> classes) {
        return classes.stream().allMatch(name -> name.matches("\\d+"));
    }

    /** Whether the outputs must be rearranged. They need not if no name is shared: an imported model may have numbers as names. */
    static boolean isNeeded(List<String> model, List<String> shards) {
        boolean sharesNames = model.stream().anyMatch(new HashSet<>(shards)::contains);
        return sharesNames && !model.equals(shards);
    }

    /**
     * Writes the rearranged model.
     *
     * @param to a local directory that does not exist yet
     */
    static void write(Bundle bundle, List<String> classes, Path to) throws IOException {
        List<String> own = bundle.labels();
        LOG.info(PromotionNotices.alignsClasses(
                classes.stream().filter(own::contains).count(), classes.size()));
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
