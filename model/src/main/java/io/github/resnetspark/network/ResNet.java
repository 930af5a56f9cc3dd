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

/** Creates the network of a {@link ResNetSpec}. */
public final class ResNet {
    /** The vertex of the input pictures {@code [N, 3, S, S]}. */
    public static final String INPUT = "input";

    /** The vertex of the probabilities {@code [N, classes]}. Its layer has the head's weights. */
    public static final String HEAD = "fc";

    /** The vertex of the averaged features {@code [N, channels]} that the head reads. */
    public static final String FEATURES = "pool";

    private ResNet() {}

    /** Creates a network for inference or for loading weights: float32, with random weights. */
    public static ComputationGraph create(ResNetSpec spec, long seed) {
        return create(spec, seed, AccelSettings.DEFAULT);
    }

    /** As {@link #create(ResNetSpec, long)}, with a choice of kernels. */
    public static ComputationGraph create(ResNetSpec spec, long seed, AccelSettings accel) {
        return create(spec, new LearningRule(new NoOp(), 0), seed, DataType.FLOAT, accel);
    }

    /**
     * Creates a network for training, with the fastest kernels of this machine.
     *
     * @param seed of the initial weights; the same seed gives the same weights
     * @param type {@code FLOAT}; {@code DOUBLE} is for gradient checks and uses DL4J's slow path
     */
    public static ComputationGraph create(ResNetSpec spec, LearningRule rule, long seed, DataType type) {
        return create(spec, rule, seed, type, AccelSettings.DEFAULT);
    }

    /** As {@link #create(ResNetSpec, LearningRule, long, DataType)}, with a choice of kernels. */
    public static ComputationGraph create(
            ResNetSpec spec, LearningRule rule, long seed, DataType type, AccelSettings accel) {
        return accel.create(configuration(spec, rule, seed, type));
    }

    /** Creates only the network's configuration. */
    public static ComputationGraphConfiguration configuration(
            ResNetSpec spec, LearningRule rule, long seed, DataType type) {
        return configuration(spec, spec.variant().design(), rule, seed, type);
    }

    /** Creates the configuration of {@code spec} with blocks of another design. */
    static ComputationGraphConfiguration configuration(
            ResNetSpec spec, BlockDesign design, LearningRule rule, long seed, DataType type) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(type)
                .updater(rule.updater())
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                // Without it, each convolution's forward pass runs again in the backward pass.
                .cacheMode(CacheMode.DEVICE)
                // No setInputTypes: all layers set their channels themselves, and DL4J M2.1 infers those of a slice
                // incorrectly.
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
     * How training changes the parameters.
     *
     * @param updater DL4J's updater, such as {@code Nesterovs}; it does not update batch-norm's running statistics
     * @param weightDecay added to the gradient as {@code weightDecay · w} before the updater (coupled, like PyTorch's
     *     {@code weight_decay}); only for weights of convolutions and fully connected layers, not for biases or batch
     *     normalisation
     */
    public record LearningRule(IUpdater updater, double weightDecay) {}
}
