package io.github.resnetspark.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Every kind of block against finite differences, in double precision. */
class ResidualBlocksGradientTest {
    private static final int CHANNELS = 4;
    private static final int CLASSES = 3;

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of(new BlockSpec(Block.BASIC, Variant.V1, Shortcut.A, false), true, 1),
                Arguments.of(new BlockSpec(Block.BASIC, Variant.V1, Shortcut.B, false), false, 2),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, false), false, 2),
                Arguments.of(new BlockSpec(Block.BASIC, Variant.V1, Shortcut.A, false), true, 2),
                Arguments.of(new BlockSpec(Block.BASIC, Variant.V1, Shortcut.NONE, false), true, 2),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1_5, Shortcut.NONE, false), false, 2),
                Arguments.of(new BlockSpec(Block.BASIC, Variant.V1, Shortcut.B, false), true, 2),
                Arguments.of(new BlockSpec(Block.BASIC, Variant.V1, Shortcut.B, true), true, 2),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1, Shortcut.A, false), true, 2),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1, Shortcut.B, false), true, 1),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1, Shortcut.B, false), true, 2),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, false), true, 2),
                Arguments.of(new BlockSpec(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true), true, 2));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlocksGradientEqualsTheFiniteDifference(BlockSpec block, boolean batchNorm, int stride) {
        ComputationGraph net = oneBlock(block, batchNorm, stride);
        Nd4j.getRandom().setSeed(12345);
        INDArray pictures = Nd4j.randn(DataType.DOUBLE, 3, CHANNELS, 6, 6);
        INDArray labels = Nd4j.create(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});

        net.setInputs(pictures);
        net.setLabels(labels);
        net.computeGradientAndScore();
        Map<String, INDArray> gradients = new HashMap<>();
        // DL4J sums over the batch here and divides in its updater; the score is the mean.
        net.gradient()
                .gradientForVariable()
                .forEach((name, gradient) -> gradients.put(name, gradient.div(pictures.size(0))));

        assertThat(gradients).containsKeys("block-conv1_W", batchNorm ? "block-bn1_gamma" : "block-conv1_b");
        DataSet batch = new DataSet(pictures, labels);
        gradients.forEach((name, gradient) -> {
            if (!isRunningStatistic(name)) {
                assertThat(finiteDifference(net, name, batch))
                        .as(name)
                        .containsExactly(inOrder(gradient), within(1e-7));
            }
        });
    }

    /** Batch-norm keeps its running statistics among the parameters; the loss does not depend on them in training. */
    private static boolean isRunningStatistic(String parameter) {
        return parameter.endsWith("_mean") || parameter.endsWith("_var");
    }

    private static double[] finiteDifference(ComputationGraph net, String name, DataSet batch) {
        double step = 1e-5;
        INDArray parameter = net.getParam(name);
        double[] values = inOrder(parameter);
        double[] difference = new double[values.length];
        for (int i = 0; i < difference.length; i++) {
            long[] index = Shape.ind2subC(parameter.shape(), i);
            parameter.putScalar(index, values[i] + step);
            double above = net.score(batch, true);
            parameter.putScalar(index, values[i] - step);
            double below = net.score(batch, true);
            parameter.putScalar(index, values[i]);
            difference[i] = (above - below) / (2 * step);
        }
        return difference;
    }

    /** The values by index, last dimension fastest, however they lie in memory. */
    private static double[] inOrder(INDArray array) {
        return LongStream.range(0, array.length())
                .mapToDouble(i -> array.getDouble(Shape.ind2subC(array.shape(), i)))
                .toArray();
    }

    private static ComputationGraph oneBlock(BlockSpec spec, boolean batchNorm, int stride) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs(ResNet.INPUT);
        GraphAssembly graph = new GraphAssembly(builder, batchNorm, 0);
        int out = 2 * CHANNELS;
        int width = out / spec.block().expansion();
        String block = new ResidualBlocks(spec, graph).add("block", ResNet.INPUT, CHANNELS, width, stride);
        String features = graph.globalAveragePool(ResNet.FEATURES, block);
        ComputationGraph net =
                new ComputationGraph(builder.setOutputs(graph.softmax(ResNet.HEAD, features, out, CLASSES))
                        .build());
        net.init();
        return net;
    }
}
