package io.github.resnetspark.network;

import io.github.resnetspark.kernels.AccelSettings;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
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
        return configuration(spec, spec.variant().design(), rule, seed, type);
    }

    /** As if the blocks of {@code spec} were of another design. */
    static ComputationGraphConfiguration configuration(
            ResNetSpec spec, BlockDesign design, LearningRule rule, long seed, DataType type) {
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
        NetworkBuilder graph = new NetworkBuilder(builder, spec, rule.weightDecay());

        String last = design.stem(spec, graph);
        int channels = spec.family().stemWidth();
        for (StageBlocks.Stage stage : spec.stages()) {
            for (int index = 1; index <= stage.blocks(); index++) {
                String name = "stage" + stage.index() + "-block" + index;
                int stride = index == 1 ? stage.stride() : 1;
                boolean isFirst = stage.index() == 1 && index == 1;
                var place = new ResidualBlock.Place(name, channels, stage.width(), stride, isFirst);
                ResidualBlock block = new ResidualBlock(spec, place, graph);
                last = design.add(block, last);
                channels = block.out();
            }
        }
        String features = graph.globalAveragePool(FEATURES, design.finish(graph, last, channels));
        return builder.setOutputs(graph.softmax(HEAD, features, channels, spec.classes()))
                .build();
    }

    /**
     * How a network that is to be trained changes its parameters.
     *
     * @param updater DL4J's updater, e.g. {@code Nesterovs}; batch-norm's running statistics never pass through it
     * @param weightDecay added to the gradient as {@code weightDecay · w} before the updater (coupled, as torch's
     *     {@code weight_decay}); convolution and fully connected weights only, neither biases nor batch normalisation
     */
    public record LearningRule(IUpdater updater, double weightDecay) {}
}
