package io.github.resnetspark.network;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** Networks of every kind, for tests that all of them must pass. */
public final class EveryNetwork {
    public static final int CLASSES = 10;

    private EveryNetwork() {}

    /** Networks with few parameters. Those with two blocks in a stage have every kind of block. */
    public static Stream<ResNetSpec> small() {
        return Stream.of(
                cifar(14, Block.BASIC, Variant.V1, Shortcut.A, 16),
                cifar(8, Block.BASIC, Variant.V1, Shortcut.A_END, 16),
                cifar(8, Block.BASIC, Variant.V1, Shortcut.B, 16),
                cifar(14, Block.BASIC, Variant.V1, Shortcut.C, 16),
                cifar(8, Block.BASIC, Variant.V1, Shortcut.NONE, 16),
                cifar(11, Block.BOTTLENECK, Variant.V1, Shortcut.A, 16),
                cifar(20, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, 16),
                cifar(11, Block.BOTTLENECK, Variant.V1, Shortcut.NONE, 16),
                cifar(14, Block.BASIC, Variant.PREACT, Shortcut.A, 16),
                cifar(8, Block.BASIC, Variant.PREACT, Shortcut.A_END, 16),
                cifar(14, Block.BASIC, Variant.PREACT, Shortcut.B, 16),
                cifar(8, Block.BASIC, Variant.PREACT, Shortcut.C, 16),
                cifar(14, Block.BASIC, Variant.PREACT, Shortcut.NONE, 16),
                cifar(20, Block.BOTTLENECK, Variant.PREACT, Shortcut.B, 16),
                cifar(11, Block.BOTTLENECK, Variant.PREACT, Shortcut.A, 16),
                cifar(14, Block.BASIC, Variant.D, Shortcut.B, 16),
                // 18, 9 and 5 pixels: averaging windows extend beyond the edge.
                cifar(11, Block.BOTTLENECK, Variant.D, Shortcut.B, 18),
                cifar(8, Block.BASIC, Variant.D, Shortcut.A, 18),
                cifar(8, Block.BASIC, Variant.D, Shortcut.C, 16),
                withoutBatchNorm(8, Block.BASIC, Variant.V1, Shortcut.B),
                withoutBatchNorm(8, Block.BASIC, Variant.V1, Shortcut.NONE),
                withoutBatchNorm(11, Block.BOTTLENECK, Variant.D, Shortcut.B));
    }

    /** One network of each family and stem that {@link #small} lacks, with millions of parameters. */
    public static Stream<ResNetSpec> large() {
        return Stream.of(
                large(Family.CIFAR_RESNET18, 18, Block.BASIC, Variant.V1, Shortcut.B, 16),
                large(Family.IMAGENET, 18, Block.BASIC, Variant.PREACT, Shortcut.A_END, 32),
                released());
    }

    /** A network of the authors' released files. */
    public static ResNetSpec released() {
        return large(Family.IMAGENET, 50, Block.BOTTLENECK, Variant.AUTHORS, Shortcut.B, 64);
    }

    /** All networks. */
    public static Stream<ResNetSpec> all() {
        return Stream.concat(small(), large());
    }

    private static ResNetSpec cifar(int depth, Block block, Variant variant, Shortcut shortcut, int input) {
        return new ResNetSpec(Family.CIFAR, depth, block, variant, shortcut, true, false, CLASSES, input);
    }

    private static ResNetSpec withoutBatchNorm(int depth, Block block, Variant variant, Shortcut shortcut) {
        return new ResNetSpec(Family.CIFAR, depth, block, variant, shortcut, false, false, CLASSES, 16);
    }

    private static ResNetSpec large(
            Family family, int depth, Block block, Variant variant, Shortcut shortcut, int input) {
        return new ResNetSpec(family, depth, block, variant, shortcut, true, false, CLASSES, input);
    }

    /** Sets random gammas, betas, biases and running statistics, so that none has its initial value. */
    public static ComputationGraph trainedLooking(ComputationGraph network) {
        Random random = new Random(6);
        network.paramTable().forEach((name, values) -> {
            String parameter = name.substring(name.lastIndexOf('_') + 1);
            if (Arrays.asList("gamma", "var", "beta", "mean", "b").contains(parameter)) {
                double least =
                        switch (parameter) {
                            case "gamma" -> 0.3;
                            case "var" -> 0.5;
                            default -> -0.3;
                        };
                double[] drawn =
                        random.doubles(values.length(), least, least + 0.6).toArray();
                values.assign(
                        Nd4j.createFromArray(drawn).castTo(values.dataType()).reshape(values.shape()));
            }
        });
        return network;
    }
}
