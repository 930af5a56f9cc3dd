package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
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

/** Compares the gradients of every kind of block with finite differences, in double precision. */
class ResidualBlocksGradientIT {
    private static final int CHANNELS = 4;
    private static final int OUT = 8;
    private static final int CLASSES = 3;
    /** Number of tested values of each parameter, evenly spread. */
    private static final int SAMPLES = 16;

    static Stream<Arguments> blocks() {
        return Stream.of(
                block(Block.BASIC, Variant.V1, Shortcut.A, true, 1),
                block(Block.BASIC, Variant.V1, Shortcut.A, true, 2),
                block(Block.BASIC, Variant.V1, Shortcut.A_END, true, 2),
                block(Block.BASIC, Variant.V1, Shortcut.B, true, 2),
                block(Block.BASIC, Variant.V1, Shortcut.B, false, 2),
                identity(Block.BASIC, Variant.V1, Shortcut.B),
                identity(Block.BASIC, Variant.V1, Shortcut.C),
                block(Block.BASIC, Variant.V1, Shortcut.NONE, true, 2),
                block(Block.BASIC, Variant.PREACT, Shortcut.A, true, 2),
                block(Block.BASIC, Variant.PREACT, Shortcut.B, true, 2),
                identity(Block.BASIC, Variant.PREACT, Shortcut.B),
                identity(Block.BASIC, Variant.PREACT, Shortcut.C),
                block(Block.BASIC, Variant.PREACT, Shortcut.NONE, true, 2),
                block(Block.BASIC, Variant.D, Shortcut.A_END, true, 2),
                block(Block.BASIC, Variant.D, Shortcut.B, true, 2),
                block(Block.BASIC, Variant.D, Shortcut.B, false, 2),
                block(Block.BOTTLENECK, Variant.V1, Shortcut.A, true, 2),
                block(Block.BOTTLENECK, Variant.V1, Shortcut.B, true, 1),
                block(Block.BOTTLENECK, Variant.V1, Shortcut.B, true, 2),
                block(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true, 2),
                block(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, false, 2),
                block(Block.BOTTLENECK, Variant.V1_5, Shortcut.NONE, false, 2),
                block(Block.BOTTLENECK, Variant.PREACT, Shortcut.A_END, true, 2),
                block(Block.BOTTLENECK, Variant.PREACT, Shortcut.B, true, 2),
                identity(Block.BOTTLENECK, Variant.PREACT, Shortcut.B),
                identity(Block.BOTTLENECK, Variant.V1, Shortcut.A),
                block(Block.BOTTLENECK, Variant.D, Shortcut.B, true, 2),
                Arguments.of(network(Block.BASIC, Variant.V1, Shortcut.B, true, true), CHANNELS, 2),
                Arguments.of(network(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true, true), CHANNELS, 2));
    }

    private static Arguments block(Block block, Variant variant, Shortcut shortcut, boolean batchNorm, int stride) {
        return Arguments.of(network(block, variant, shortcut, batchNorm, false), CHANNELS, stride);
    }

    /** A block with the same number of input and output channels. */
    private static Arguments identity(Block block, Variant variant, Shortcut shortcut) {
        return Arguments.of(network(block, variant, shortcut, true, false), OUT, 1);
    }

    /** A network with such blocks. */
    private static ResNetSpec network(
            Block block, Variant variant, Shortcut shortcut, boolean batchNorm, boolean zeroGamma) {
        int depth = block == Block.BASIC ? 8 : 11;
        return new ResNetSpec(Family.CIFAR, depth, block, variant, shortcut, batchNorm, zeroGamma, CLASSES, 32);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlocksGradientEqualsTheFiniteDifference(ResNetSpec network, int in, int stride) {
        ComputationGraph net = oneBlock(network, in, stride);
        Nd4j.getRandom().setSeed(12345);
        INDArray pictures = Nd4j.randn(DataType.DOUBLE, 3, in, 6, 6);
        INDArray labels = Nd4j.create(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});

        net.setInputs(pictures);
        net.setLabels(labels);
        net.computeGradientAndScore();
        Map<String, INDArray> gradients = new HashMap<>();
        // DL4J sums over the batch here and divides in its updater; the score is the mean.
        net.gradient()
                .gradientForVariable()
                .forEach((name, gradient) -> gradients.put(name, gradient.div(pictures.size(0))));

        assertThat(gradients).containsKeys("block-conv1_W", network.batchNorm() ? "block-bn1_gamma" : "block-conv1_b");
        DataSet batch = new DataSet(pictures, labels);
        gradients.forEach((name, gradient) -> {
            if (!isRunningStatistic(name)) {
                assertThat(finiteDifference(net, name, batch))
                        .as(name)
                        .containsExactly(sampled(gradient), within(1e-7));
            }
        });
    }

    /** Batch-norm stores its running statistics as parameters. In training the loss does not depend on them. */
    private static boolean isRunningStatistic(String parameter) {
        return parameter.endsWith("_mean") || parameter.endsWith("_var");
    }

    private static double[] finiteDifference(ComputationGraph net, String name, DataSet batch) {
        double step = 1e-5;
        INDArray parameter = net.getParam(name);
        return indices(parameter)
                .mapToDouble(i -> {
                    long[] index = Shape.ind2subC(parameter.shape(), i);
                    double value = parameter.getDouble(index);
                    parameter.putScalar(index, value + step);
                    double above = net.score(batch, true);
                    parameter.putScalar(index, value - step);
                    double below = net.score(batch, true);
                    parameter.putScalar(index, value);
                    return (above - below) / (2 * step);
                })
                .toArray();
    }

    private static double[] sampled(INDArray array) {
        return indices(array)
                .mapToDouble(i -> array.getDouble(Shape.ind2subC(array.shape(), i)))
                .toArray();
    }

    /** Indices in C order, whatever the memory layout. An odd step covers every position of a 3×3 window. */
    private static LongStream indices(INDArray array) {
        long step = array.length() / SAMPLES / 2 * 2 + 1;
        return LongStream.range(0, (array.length() + step - 1) / step).map(i -> i * step);
    }

    private static ComputationGraph oneBlock(ResNetSpec network, int in, int stride) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs(ResNet.INPUT);
        NetworkBuilder graph = new NetworkBuilder(builder, network, 0);
        BlockDesign design = network.variant().design();
        int width = OUT / network.block().expansion();
        var place = new ResidualBlock.Place("block", in, width, stride, false);
        String block = design.add(new ResidualBlock(network, place, graph), ResNet.INPUT);
        String last = design.finish(graph, block, OUT);
        String features = graph.globalAveragePool(ResNet.FEATURES, last);
        ComputationGraph net =
                new ComputationGraph(builder.setOutputs(graph.softmax(ResNet.HEAD, features, OUT, CLASSES))
                        .build());
        net.init();
        // With a bias of 0, a ReLU without input would be at its kink.
        Random random = new Random(4);
        net.paramTable().forEach((name, values) -> {
            if (name.endsWith("_b")) {
                for (long i = 0; i < values.length(); i++) {
                    values.putScalar(i, 0.1 + random.nextDouble());
                }
            }
        });
        return net;
    }
}
