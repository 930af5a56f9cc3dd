package io.github.resnetspark.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.analysis.BackwardPass.GradientFlow;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    void weightGradientsEqualDl4jsOwn(Shortcut shortcut) {
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
                .collect(Collectors.toMap(
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
    void theGradientAtThePicturesEqualsTheFiniteDifference(Shortcut shortcut) {
        ComputationGraph net = net(shortcut, 8);
        INDArray pictures = pictures(2);
        INDArray labels = labels(2);
        Map<String, INDArray> gradients = new HashMap<>();

        GradientFlow flow = BackwardPass.of(net, pictures, labels, keepIn(gradients));

        INDArray gradient = gradients.get(ResNet.INPUT);
        assertIsFiniteDifference(gradient, net, pictures, labels, ResNet.INPUT, reader -> true);
        assertThat(flow.atOutput().get(ResNet.INPUT)).isPositive().isEqualTo(norm(gradient), within(1e-12));
    }

    @Test
    void gradientsAtABlocksInputAndBranchEqualTheFiniteDifference() {
        ComputationGraph net = net(Shortcut.A, 8);
        INDArray pictures = pictures(2);
        INDArray labels = labels(2);
        Map<String, INDArray> gradients = new HashMap<>();

        GradientFlow flow = BackwardPass.of(net, pictures, labels, keepIn(gradients));
        List<BlockGradient> blocks = BlockGradient.allOf(net, flow);

        assertThat(blocks)
                .extracting(BlockGradient::name)
                .containsExactly("stage1-block1", "stage2-block1", "stage3-block1");
        // One block with an identity shortcut, and one with a shortcut of several vertices.
        String stem = "stem-relu";
        assertIsFiniteDifference(gradients.get(stem), net, pictures, labels, stem, reader -> true);
        assertThat(blocks.get(0).atInput()).isPositive().isEqualTo(norm(gradients.get(stem)), within(1e-12));
        String before = "stage2-block1-relu";
        String branch = "stage3-block1-conv1";
        assertIsFiniteDifference(gradients.get(before), net, pictures, labels, before, reader -> true);
        assertIsFiniteDifference(
                gradients.get(before + branch), net, pictures, labels, before, reader -> reader.equals(branch));
        BlockGradient last = blocks.get(2);
        assertThat(last.stage()).isEqualTo(3);
        assertThat(last.atInput()).isEqualTo(norm(gradients.get(before)), within(1e-12));
        assertThat(last.throughBranch())
                .isPositive()
                .isNotCloseTo(last.atInput(), within(1e-3 * last.atInput()))
                .isEqualTo(norm(gradients.get(before + branch)), within(1e-12));
        assertThat(last.atOutput()).isEqualTo(flow.atOutput().get("stage3-block1-relu"));
        assertThat(last.ofWeights())
                .isEqualTo(
                        Math.hypot(
                                flow.ofWeights().get(branch), flow.ofWeights().get("stage3-block1-conv2")),
                        within(1e-15));
        assertThat(blocks.get(1).atInput()).isEqualTo(blocks.get(0).atOutput());
    }

    @Test
    void inAPlainNetworkAllOfTheGradientComesThroughTheBranch() {
        ComputationGraph net = net(Shortcut.NONE, 14);

        List<BlockGradient> blocks = BlockGradient.allOf(net, BackwardPass.of(net, pictures(2), labels(2)));

        assertThat(blocks).hasSize(6).allSatisfy(block -> {
            assertThat(block.atInput()).isPositive();
            assertThat(block.throughBranch()).isEqualTo(block.atInput());
            assertThat(block.branchGain()).isEqualTo(block.gain());
        });
    }

    @Test
    void inPreActivationBlocksTheIdentityBypassesTheFirstBatchNormalisation() {
        ResNetSpec spec = new ResNetSpec(Family.CIFAR, 14, Block.BASIC, Variant.PREACT, Shortcut.A, true, false, 3, 8);
        ComputationGraph net = ResNet.create(spec, new ResNet.LearningRule(new NoOp(), 0), 7, DataType.DOUBLE);

        GradientFlow flow = BackwardPass.of(net, pictures(2), labels(2));
        List<BlockGradient> blocks = BlockGradient.allOf(net, flow);

        assertThat(blocks).hasSize(6);
        BlockGradient second = blocks.get(1);
        assertThat(second.name()).isEqualTo("stage1-block2");
        // x + F(x): the input is the sum of the previous block, because no ReLU follows the addition.
        assertThat(second.atInput()).isEqualTo(blocks.get(0).atOutput());
        assertThat(second.throughBranch()).isPositive().isNotCloseTo(second.atInput(), within(1e-3 * second.atInput()));
        assertThat(flow.fromConsumer().get("stage1-block1-add").get("stage1-block2-add"))
                .isEqualTo(second.atOutput(), within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(
            value = Shortcut.class,
            names = {"A", "B"})
    void preActivationBlocksThatChangeTheShapeHaveNoSeparateBranchGradient(Shortcut shortcut) {
        List<BlockGradient> blocks = preActivation(shortcut);

        assertThat(blocks)
                .filteredOn(block -> Double.isNaN(block.throughBranch()))
                .extracting(BlockGradient::name)
                .containsExactly("stage2-block1", "stage3-block1");
        assertThat(blocks).allSatisfy(block -> assertThat(block.gain()).isPositive());
        assertThat(blocks.get(2).branchGain()).isNaN();
    }

    @Test
    void plainPreActivationBlocksHaveOnlyTheBranch() {
        assertThat(preActivation(Shortcut.NONE))
                .allSatisfy(block -> assertThat(block.throughBranch()).isEqualTo(block.atInput()));
    }

    private static List<BlockGradient> preActivation(Shortcut shortcut) {
        ResNetSpec spec = new ResNetSpec(Family.CIFAR, 14, Block.BASIC, Variant.PREACT, shortcut, true, false, 3, 8);
        ComputationGraph net = ResNet.create(spec, new ResNet.LearningRule(new NoOp(), 0), 7, DataType.DOUBLE);
        return BlockGradient.allOf(net, BackwardPass.of(net, pictures(2), labels(2)));
    }

    @Test
    void doesNotChangeTheParameters() {
        ComputationGraph net = net(Shortcut.A, 8);
        INDArray before = net.params().dup();

        BackwardPass.of(net, pictures(2), labels(2));

        assertThat(net.params()).isEqualTo(before);
    }

    /** Keeps the gradients of the mean loss by vertex, and by vertex and reader. */
    private static BackwardPass.Observer keepIn(Map<String, INDArray> gradients) {
        return (vertex, reader, gradient) ->
                gradients.put(vertex + reader, gradient.div(2).dup('c'));
    }

    private static double norm(INDArray array) {
        return array.norm2Number().doubleValue();
    }

    /** Compares some values of a vertex's output with finite differences, changing them only for some readers. */
    private static void assertIsFiniteDifference(
            INDArray gradient,
            ComputationGraph net,
            INDArray pictures,
            INDArray labels,
            String vertex,
            Predicate<String> readers) {
        INDArray[] kept = new INDArray[net.getVertices().length];
        loss(net, pictures, labels, kept, vertex, readers, null);
        INDArray there = kept[net.getVertex(vertex).getVertexIndex()].dup('c');
        assertThat(gradient.shape()).isEqualTo(there.shape());
        Random random = new Random(5);
        for (int times = 0; times < 30; times++) {
            long i = random.nextInt((int) there.length());
            double value = there.getDouble(i);
            there.putScalar(i, value + STEP);
            double above = loss(net, pictures, labels, kept, vertex, readers, there);
            there.putScalar(i, value - STEP);
            double below = loss(net, pictures, labels, kept, vertex, readers, there);
            there.putScalar(i, value);
            assertThat(gradient.getDouble(i))
                    .as("%s at %d", vertex, i)
                    .isEqualTo((above - below) / (2 * STEP), within(1e-7));
        }
    }

    /** The mean loss. If an array is passed, some readers of the vertex read it, and earlier vertices are not run. */
    private static double loss(
            ComputationGraph net,
            INDArray pictures,
            INDArray labels,
            INDArray[] kept,
            String vertex,
            Predicate<String> readers,
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
                    boolean other = given != null && itself && readers.test(reader.getVertexName());
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
        ResNetSpec spec = new ResNetSpec(Family.CIFAR, depth, Block.BASIC, Variant.V1, shortcut, true, false, 3, 8);
        return ResNet.create(spec, new ResNet.LearningRule(new NoOp(), 0), 7, DataType.DOUBLE);
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
