package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.EveryNetwork;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tests every unit of every kind of network separately, with the inputs that it has in DL4J's own network in double
 * precision, and a random gradient. A unit is a vertex, or a vertex with the ReLU that is fused into it.
 */
class KernelUnitsTest {
    private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

    static Stream<ResNetSpec> networks() {
        return Stream.concat(
                Stream.of(smallPictures()), EveryNetwork.small().filter(KernelUnitsTest::hasUnitsOfItsOwn));
    }

    /** Other networks consist of the same units in another order. */
    private static boolean hasUnitsOfItsOwn(ResNetSpec spec) {
        boolean hasOddSizes = spec.input() % 4 != 0;
        boolean hasDeepStages = spec.depth() == 20;
        boolean hasBiases = !spec.batchNorm() && spec.block() == Block.BASIC;
        return spec.shortcut() == Shortcut.A || hasOddSizes || hasDeepStages || hasBiases;
    }

    /** With a padded max-pool. */
    private static ResNetSpec smallPictures() {
        return new ResNetSpec(
                Family.IMAGENET, 18, Block.BASIC, Variant.V1, Shortcut.B, true, false, Networks.CLASSES, 32);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyVertexButTheHeadRunsOnOurKernels(ResNetSpec spec) {
        ComputationGraph network = Networks.create(spec, Networks.NO_RULE, Acceleration.ONEDNN);
        List<String> stock = Arrays.stream(network.getVertices())
                .filter(vertex -> !isOurs(vertex))
                .map(GraphVertex::getVertexName)
                .toList();

        assertThat(stock).containsExactlyInAnyOrder(ResNet.INPUT, ResNet.HEAD);
        for (GraphVertex vertex : network.getVertices()) {
            assertThat(network.getVertex(vertex.getVertexName())).isSameAs(vertex);
            if (vertex.hasLayer()) {
                assertThat(network.getLayer(vertex.getVertexName())).isSameAs(vertex.getLayer());
                assertThat(network.getLayers()).contains(vertex.getLayer());
            }
        }
        network.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyUnitEqualsDl4jInDoublePrecision(ResNetSpec spec) {
        compare(spec, false);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyUnitEqualsDl4jInDoublePrecisionIfOnlyResultsAreNeeded(ResNetSpec spec) {
        compare(spec, true);
    }

    private static void compare(ResNetSpec spec, boolean onlyResultsCount) {
        Nd4j.getRandom().setSeed(42);
        AcceleratedGraph network = (AcceleratedGraph) Networks.create(spec, Networks.NO_RULE, Acceleration.ONEDNN);
        ComputationGraph reference =
                Networks.inDouble(network, ResNet.configuration(spec, Networks.NO_RULE, 5, DataType.DOUBLE));
        network.initGradientsView();
        reference.initGradientsView();
        INDArray pictures = Networks.pictures(2, spec.input());
        Map<String, INDArray> activations =
                reference.feedForward(new INDArray[] {pictures.castTo(DataType.DOUBLE)}, true);

        Map<String, Double> errors = new TreeMap<>();
        for (GraphVertex vertex : network.getVertices()) {
            if (!isOurs(vertex)
                    || isA(vertex, "SilentVertex")
                    || (onlyResultsCount && isDoneByItsProducer(network, vertex))) {
                continue;
            }
            List<GraphVertex> unit = unit(network, vertex);
            List<GraphVertex> twin = unit.stream()
                    .map(member -> reference.getVertex(member.getVertexName()))
                    .toList();
            INDArray[] inputs = Arrays.stream(vertex.getInputVertices())
                    .map(input -> activations.get(network.getVertices()[input.getVertexIndex()].getVertexName()))
                    .toArray(INDArray[]::new);
            INDArray output = activations.get(unit.get(unit.size() - 1).getVertexName());
            INDArray epsilon = Nd4j.randn(DataType.DOUBLE, output.shape());

            Outcome expected = run(twin, inputs, epsilon, DataType.DOUBLE);
            Outcome[] actual = new Outcome[1];
            Runnable pass = () -> actual[0] = run(unit, inputs, epsilon, DataType.FLOAT);
            if (onlyResultsCount) {
                network.kernels().whereOnlyResultsCount(pass);
            } else {
                pass.run();
            }
            String name = vertex.getVertexName();
            compare(name, expected, actual[0], errors);
        }
        network.close();
        reference.close();

        assertThat(errors).hasSizeGreaterThan(20);
        assertThat(errors)
                .allSatisfy((name, error) ->
                        assertThat(error).as(name).isLessThan(name.contains(" parameter ") ? 1e-4 : 1e-5));
    }

    private static void compare(String name, Outcome expected, Outcome actual, Map<String, Double> errors) {
        errors.put(name + " output", Networks.relativeError(actual.output, expected.output));
        for (int i = 0; i < expected.inputGradients.size(); i++) {
            INDArray wanted = expected.inputGradients.get(i).orElseThrow();
            String input = name + " gradient of input " + i;
            // Missing for the network's input in training; a scalar for inputs that the output does not depend on.
            actual.inputGradients
                    .get(i)
                    .filter(gradient -> gradient.length() > 1)
                    .ifPresent(gradient -> errors.put(input, Networks.relativeError(gradient, wanted)));
        }
        assertThat(actual.parameterGradients.keySet()).isEqualTo(expected.parameterGradients.keySet());
        expected.parameterGradients.forEach((parameter, gradient) -> errors.put(
                name + " parameter " + parameter,
                Networks.relativeError(actual.parameterGradients.get(parameter), gradient)));
    }

    private static Outcome run(List<GraphVertex> unit, INDArray[] inputs, INDArray epsilon, DataType type) {
        GraphVertex first = unit.get(0);
        for (int i = 0; i < inputs.length; i++) {
            first.setInput(i, inputs[i].castTo(type), NO_WORKSPACES);
        }
        INDArray output = first.doForward(true, NO_WORKSPACES);
        for (GraphVertex next : unit.subList(1, unit.size())) {
            next.setInput(0, output, NO_WORKSPACES);
            output = next.doForward(true, NO_WORKSPACES);
        }
        INDArray gradient = epsilon.castTo(type);
        for (int i = unit.size() - 1; i > 0; i--) {
            unit.get(i).setEpsilon(gradient);
            gradient = unit.get(i).doBackward(false, NO_WORKSPACES).getSecond()[0];
        }
        first.setEpsilon(gradient);
        Pair<org.deeplearning4j.nn.gradient.Gradient, INDArray[]> backward = first.doBackward(false, NO_WORKSPACES);
        Map<String, INDArray> parameterGradients = new TreeMap<>();
        if (backward.getFirst() != null) {
            backward.getFirst()
                    .gradientForVariable()
                    .forEach((name, value) -> parameterGradients.put(name, value.dup()));
        }
        List<Optional<INDArray>> inputGradients = Arrays.stream(backward.getSecond())
                .map(gradientOfInput -> Optional.ofNullable(gradientOfInput).map(INDArray::dup))
                .toList();
        return new Outcome(output.dup(), inputGradients, parameterGradients);
    }

    /** The vertex, and the following ReLU if it is the only consumer. */
    private static List<GraphVertex> unit(ComputationGraph network, GraphVertex vertex) {
        boolean producer = isA(vertex, "KernelBatchNorm") || isA(vertex, "KernelAdd");
        if (!producer || vertex.getNumOutputConnections() != 1) {
            return List.of(vertex);
        }
        GraphVertex next = network.getVertices()[vertex.getOutputVertices()[0].getVertexIndex()];
        return isA(next, "KernelRelu") ? List.of(vertex, next) : List.of(vertex);
    }

    private static boolean isOurs(GraphVertex vertex) {
        return worker(vertex).getClass().getPackageName().equals("io.github.resnetspark.kernels.layer");
    }

    private static boolean isDoneByItsProducer(ComputationGraph network, GraphVertex vertex) {
        GraphVertex producer = network.getVertices()[vertex.getInputVertices()[0].getVertexIndex()];
        return unit(network, producer).stream().anyMatch(member -> member == vertex);
    }

    private static boolean isA(GraphVertex vertex, String name) {
        return worker(vertex).getClass().getSimpleName().equals(name);
    }

    private static Object worker(GraphVertex vertex) {
        return vertex.hasLayer() ? vertex.getLayer() : vertex;
    }

    private record Outcome(
            INDArray output, List<Optional<INDArray>> inputGradients, Map<String, INDArray> parameterGradients) {}
}
