package io.github.resnetspark.bundle;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The small model that the tests write, damage and read. */
final class Bundles {
    static final ResNetSpec SPEC =
            new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.A, true, false, 2, 8);

    static final BundleContents CONTENTS = new BundleContents(
            SPEC,
            List.of("cat, tabby", "Häuschen"),
            Preprocessing.of(8, Normalization.IMAGENET),
            "{\"validation\": {\"examples\": 4, \"top1\": 0.75}}");

    private Bundles() {}

    static BundleContents withProvenance(String json) {
        return new BundleContents(
                SPEC, CONTENTS.labels(), CONTENTS.preprocessing(), CONTENTS.metricsJson(), Optional.of(json));
    }

    /** A network as in training: with momentum, weight decay, and weights that are mostly 0, which compress well. */
    static ComputationGraph network() {
        ResNet.LearningRule rule = new ResNet.LearningRule(new Nesterovs(0.1, 0.9), 1e-4);
        ComputationGraph network = ResNet.create(SPEC, rule, 1, DataType.FLOAT);
        Random random = new Random(2);
        INDArray parameters = network.params();
        float[] values = parameters.toFloatVector();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(20) == 0 ? 0.5f - random.nextInt(2) + values[i] : values[i] > 0.9f ? 1 : 0;
        }
        network.setParams(Nd4j.createFromArray(values).reshape(parameters.shape()));
        return network;
    }

    /** Two pictures [2, 3, 8, 8], the same on every machine. */
    static INDArray pictures() {
        float[] values = new float[2 * 3 * 8 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37 % 101) / 50f - 1;
        }
        return Nd4j.create(values, new int[] {2, 3, 8, 8}, 'c');
    }

    /** The names of the files in a directory, sorted. */
    static List<String> fileNames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
