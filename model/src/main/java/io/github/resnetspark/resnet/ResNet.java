package io.github.resnetspark.resnet;

import io.github.resnetspark.accel.AccelSettings;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** Makes the network that a {@link ResNetSpec} names. */
public final class ResNet {
    /** The vertex that takes pictures {@code [N, 3, S, S]}. */
    public static final String INPUT = "input";

    /** The vertex that gives probabilities {@code [N, classes]}; its layer holds the head's weights. */
    public static final String HEAD = "fc";

    /** The vertex that gives the averaged features {@code [N, channels]} that the head reads. */
    public static final String FEATURES = "pool";

    private ResNet() {}

    /** A network for inference, or to be filled with weights: float32, its weights drawn from a seed. */
    public static ComputationGraph create(ResNetSpec spec, long seed) {
        return create(spec, new LearningRule(new NoOp(), 0), seed, DataType.FLOAT);
    }

    /**
     * A network ready to train, on the fastest kernels that this machine has.
     *
     * @param seed of the initial weights: the same seed gives the same weights
     * @param type {@code FLOAT}; {@code DOUBLE} is for checking gradients and runs on DL4J's slow path
     */
    public static ComputationGraph create(ResNetSpec spec, LearningRule rule, long seed, DataType type) {
        return create(spec, rule, seed, type, AccelSettings.DEFAULT);
    }

    /** As {@link #create(ResNetSpec, LearningRule, long, DataType)}, on kernels of one's choice. */
    public static ComputationGraph create(
            ResNetSpec spec, LearningRule rule, long seed, DataType type, AccelSettings accel) {
        return accel.create(configuration(spec, rule, seed, type));
    }

    /** The network's configuration alone. */
    public static ComputationGraphConfiguration configuration(
            ResNetSpec spec, LearningRule rule, long seed, DataType type) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(type)
                .updater(rule.updater())
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                // Without it every convolution's forward pass runs a second time in the backward pass.
                .cacheMode(CacheMode.DEVICE)
                // No setInputTypes: every layer states its channels itself, and DL4J M2.1 infers those of a slice
                // wrongly.
                .graphBuilder()
                .addInputs(INPUT);
        GraphAssembly graph = new GraphAssembly(builder, spec.batchNorm(), spec.initialization(), rule.weightDecay());

        String last = stem(spec, graph);
        int channels = spec.family().stemWidth();
        ResidualBlocks blocks = ResidualBlocks.of(spec.blockSpec(), graph);
        for (Stage stage : spec.stages()) {
            for (int block = 1; block <= stage.blocks(); block++) {
                String prefix = "stage" + stage.index() + "-block" + block;
                int stride = block == 1 ? stage.stride() : 1;
                boolean isFirst = stage.index() == 1 && block == 1;
                last = blocks.add(new BlockPlace(prefix, channels, stage.width(), stride, isFirst), last);
                channels = stage.width() * spec.block().expansion();
            }
        }
        String features = graph.globalAveragePool(FEATURES, blocks.finish(last, channels));
        return builder.setOutputs(graph.softmax(HEAD, features, channels, spec.classes()))
                .build();
    }

    private static String stem(ResNetSpec spec, GraphAssembly graph) {
        int width = spec.family().stemWidth();
        return switch (spec.family()) {
            case IMAGENET -> {
                boolean authors = spec.variant() == Variant.AUTHORS;
                // Of the networks that the authors released only this one has it.
                String convolution = authors && spec.depth() == 50
                        ? graph.convolutionWithBias("stem-conv", INPUT, 3, width, 7, 2)
                        : graph.convolution("stem-conv", INPUT, 3, width, 7, 2);
                String relu = graph.relu("stem-relu", graph.batchNorm("stem-bn", convolution, width, 1));
                yield authors ? graph.unpaddedMaxPool("stem-pool", relu, 3, 2) : graph.maxPool("stem-pool", relu, 3, 2);
            }
            case CIFAR, CIFAR_RESNET18 -> {
                String convolution = graph.convolution("stem-conv", INPUT, 3, width, 3, 1);
                yield graph.relu("stem-relu", graph.batchNorm("stem-bn", convolution, width, 1));
            }
        };
    }
}
