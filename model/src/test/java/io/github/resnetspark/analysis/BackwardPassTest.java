package io.github.resnetspark.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.resnet.Block;
import io.github.resnetspark.resnet.Family;
import io.github.resnetspark.resnet.LearningRule;
import io.github.resnetspark.resnet.ResNet;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.resnet.Shortcut;
import io.github.resnetspark.resnet.Variant;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class BackwardPassTest {
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @EnumSource(
            value = Shortcut.class,
            names = {"A", "B", "NONE"})
    void theWeightsGradientsAreDl4jsOwn(Shortcut shortcut) {
        ComputationGraph net = net(shortcut, 8);
        INDArray pictures = pictures(3);
        INDArray labels = labels(3);
        net.setInputs(pictures);
        net.setLabels(labels);
        net.computeGradientAndScore();
        Map<String, INDArray> own = net.gradient().gradientForVariable();
        // DL4J sums over the batch here and divides in its updater.
        Map<String, Double> expected = own.entrySet().stream()
                .filter(gradient -> gradient.getKey().endsWith("_W"))
                .collect(java.util.stream.Collectors.toMap(
                        gradient -> gradient.getKey().replace("_W", ""),
                        gradient -> gradient.getValue().norm2Number().doubleValue() / 3));
        double score = net.score();

        GradientFlow flow = BackwardPass.of(net, pictures, labels);

        assertThat(flow.loss()).isEqualTo(score, within(1e-12));
        assertThat(flow.ofWeights()).hasSizeGreaterThan(7).containsOnlyKeys(expected.keySet());
        expected.forEach((layer, norm) ->
                assertThat(flow.ofWeights().get(layer)).as(layer).isEqualTo(norm, within(1e-12 + 1e-10 * norm)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Shortcut.class,
            names = {"A", "NONE"})
    void theGradientAtThePicturesIsTheFiniteDifference(Shortcut shortcut) {
        ComputationGraph net = net(shortcut, 8);
        INDArray pictures = pictures(2);
        INDArray labels = labels(2);

        GradientFlow flow = BackwardPass.of(net, pictures, labels);

        assertThat(flow.atOutput().get(ResNet.INPUT))
                .isEqualTo(
                        finiteDifference(net, pictures, labels, ResNet.INPUT, (from, to) -> true),
                        within(1e-7));
    }

    @Test
    void theGradientAtABlocksInputIsTheFiniteDifferenceAndSoIsItsBranchsPart() {
        ComputationGraph net = net(Shortcut.A, 8);
        INDArray pictures = pictures(1);
        INDArray labels = labels(1);

        GradientFlow flow = BackwardPass.of(net, pictures, labels);
        List<BlockGradient> blocks = BlockGradients.of(net, flow);

        assertThat(blocks)
                .extracting(BlockGradient::name)
                .containsExactly("stage1-block1", "stage2-block1", "stage3-block1");
        BlockGradient last = blocks.get(2);
        assertThat(last.stage()).isEqualTo(3);
        assertThat(last.atInput())
                .isPositive()
                .isEqualTo(
                        finiteDifference(net, pictures, labels, "stage2-block1-relu", (from, to) -> true),
                        within(1e-7));
        assertThat(last.throughBranch())
                .isPositive()
                .isNotEqualTo(last.atInput(), within(1e-3 * last.atInput()))
                .isEqualTo(
                        finiteDifference(
                                net,
                                pictures,
                                labels,
                                "stage2-block1-relu",
                                (from, to) -> to.equals("stage3-block1-conv1")),
                        within(1e-7));
        assertThat(last.atOutput()).isEqualTo(flow.atOutput().get("stage3-block1-relu"));
        assertThat(last.ofWeights())
                .isEqualTo(
                        Math.hypot(
                                flow.ofWeights().get("stage3-block1-conv1"),
                                flow.ofWeights().get("stage3-block1-conv2")),
                        within(1e-15));
        assertThat(blocks.get(1).atInput()).isEqualTo(blocks.get(0).atOutput());
    }

    @Test
    void inAPlainNetworkAllOfTheGradientComesThroughTheBranch() {
        ComputationGraph net = net(Shortcut.NONE, 14);

        List<BlockGradient> blocks = BlockGradients.of(net, BackwardPass.of(net, pictures(2), labels(2)));

        assertThat(blocks).hasSize(6).allSatisfy(block -> {
            assertThat(block.atInput()).isPositive();
            assertThat(block.throughBranch()).isEqualTo(block.atInput());
            assertThat(block.branchGain()).isEqualTo(block.gain());
        });
    }

    @Test
    void leavesTheParametersAsTheyAre() {
        ComputationGraph net = net(Shortcut.A, 8);
        INDArray before = net.params().dup();

        BackwardPass.of(net, pictures(2), labels(2));

        assertThat(net.params()).isEqualTo(before);
    }

    /** The norm of the loss' derivatives by what a vertex gives to some of its readers, one number after another. */
    private static double finiteDifference(
            ComputationGraph net,
            INDArray pictures,
            INDArray labels,
            String vertex,
            BiPredicate<String, String> readers) {
        INDArray[] kept = new INDArray[net.getVertices().length];
        loss(net, pictures, labels, kept, vertex, readers, null);
        INDArray there = kept[net.getVertex(vertex).getVertexIndex()].dup('c');
        double squares = 0;
        for (long i = 0; i < there.length(); i++) {
            double value = there.getDouble(i);
            there.putScalar(i, value + STEP);
            double above = loss(net, pictures, labels, kept, vertex, readers, there);
            there.putScalar(i, value - STEP);
            double below = loss(net, pictures, labels, kept, vertex, readers, there);
            there.putScalar(i, value);
            squares += Math.pow((above - below) / (2 * STEP), 2);
        }
        return Math.sqrt(squares);
    }

    /** The mean loss; where an array is given, some readers of the vertex read that, and what comes before is not run. */
    private static double loss(
            ComputationGraph net,
            INDArray pictures,
            INDArray labels,
            INDArray[] kept,
            String vertex,
            BiPredicate<String, String> readers,
            INDArray given) {
        LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
        boolean behind = given == null;
        INDArray output = pictures;
        for (int index : net.topologicalSortOrder()) {
            GraphVertex current = net.getVertices()[index];
            boolean itself = current.getVertexName().equals(vertex);
            behind |= itself;
            if (!behind || (itself && given != null)) {
                output = kept[index];
            } else {
                output = current.isInputVertex() ? pictures : current.doForward(true, memory);
            }
            if (given == null) {
                kept[index] = output.dup();
            }
            if (current.getOutputVertices() != null) {
                for (VertexIndices consumer : current.getOutputVertices()) {
                    GraphVertex reader = net.getVertices()[consumer.getVertexIndex()];
                    boolean other = given != null && itself && readers.test(vertex, reader.getVertexName());
                    reader.setInput(consumer.getVertexEdgeNumber(), (other ? given : output).dup(), memory);
                }
            }
        }
        double sum = 0;
        for (int row = 0; row < labels.size(0); row++) {
            for (int column = 0; column < labels.size(1); column++) {
                sum -= labels.getDouble(row, column) * Math.log(output.getDouble(row, column));
            }
        }
        return sum / labels.size(0);
    }

    private static ComputationGraph net(Shortcut shortcut, int depth) {
        ResNetSpec spec =
                new ResNetSpec(Family.CIFAR, depth, Block.BASIC, Variant.V1, shortcut, true, false, 3, 8);
        return ResNet.create(spec, new LearningRule(new NoOp(), 0), 7, DataType.DOUBLE);
    }

    private static INDArray pictures(int count) {
        Nd4j.getRandom().setSeed(12345);
        return Nd4j.randn(DataType.DOUBLE, count, 3, 8, 8);
    }

    private static INDArray labels(int count) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, count, 3);
        for (int i = 0; i < count; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        return labels;
    }
}
