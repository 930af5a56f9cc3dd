package io.github.resnetspark.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

class ResNetTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Shortcut.class)
    void aSavedNetworkGivesTheSameProbabilitiesWhenDl4jAloneLoadsIt(Shortcut shortcut) throws Exception {
        ComputationGraph net = ResNet.create(ResNetSpec.cifar(20, shortcut, 10), 3);
        INDArray pictures = Nd4j.randn(DataType.FLOAT, 2, 3, 32, 32);
        ModelSerializer.writeModel(net, folder.resolve("net.zip").toFile(), false);

        ComputationGraph loaded = ModelSerializer.restoreComputationGraph(
                folder.resolve("net.zip").toFile());

        INDArray difference = loaded.outputSingle(pictures).sub(net.outputSingle(pictures));
        assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-5);
        assertThat(loaded.getConfiguration().toJson()).doesNotContain("resnetspark");
    }

    @Test
    void optionATakesEverySecondPixelBetweenZeroChannels() {
        ComputationGraph net = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 10), 3);
        INDArray pictures = Nd4j.randn(DataType.FLOAT, 2, 3, 32, 32);

        var outputs = net.feedForward(new INDArray[] {pictures}, false);
        INDArray in = outputs.get("stage1-block1-relu");
        INDArray out = outputs.get("stage2-block1-shortcut-padded");

        assertThat(out.shape()).containsExactly(2, 32, 16, 16);
        INDArray everySecond = in.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, 2, 32),
                NDArrayIndex.interval(0, 2, 32));
        assertThat(out.get(NDArrayIndex.all(), NDArrayIndex.interval(8, 24))).isEqualTo(everySecond);
        assertThat(out.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 8))
                        .amaxNumber()
                        .doubleValue())
                .isZero();
        assertThat(out.get(NDArrayIndex.all(), NDArrayIndex.interval(24, 32))
                        .amaxNumber()
                        .doubleValue())
                .isZero();
    }

    @Test
    void withZeroGammaEveryBlockStartsAsItsShortcut() {
        ResNetSpec spec = new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.A, true, true, 10, 32);
        ComputationGraph net = ResNet.create(spec, 3);

        var outputs = net.feedForward(new INDArray[] {Nd4j.randn(DataType.FLOAT, 2, 3, 32, 32)}, false);

        assertThat(outputs.get("stage3-block1-add")).isEqualTo(outputs.get("stage3-block1-shortcut-padded"));
    }

    @Test
    void aPlainNetworkIsTheOneWithOptionAWithoutItsSkips() {
        ResNetSpec plain = ResNetSpec.cifar(20, Shortcut.NONE, 10);
        var vertices = ResNet.configuration(plain, new LearningRule(new NoOp(), 0), 1, DataType.FLOAT)
                .getVertices();

        assertThat(vertices.values()).hasOnlyElementsOfType(LayerVertex.class);
        assertThat(vertices.keySet()).contains("stage3-block3-conv2", "stage3-block3-relu");
        assertThat(LayerTable.of(plain).parameters()).isEqualTo(269_722);
        assertThat(plain.displayName()).isEqualTo("CIFAR plain-20");
    }

    @Test
    void weightsStartAsHeEtAlDrawThem() {
        ComputationGraph net = ResNet.create(ResNetSpec.imageNet(18, 1000), 3);
        INDArray weights = net.getLayer("stage3-block2-conv1").getParam("W");

        // N(0, 2 / fan-in) with fan-in 256 · 3 · 3, over 589,824 draws.
        double expected = Math.sqrt(2.0 / (256 * 9));
        assertThat(weights.stdNumber().doubleValue()).isBetween(expected * 0.99, expected * 1.01);
        assertThat(weights.meanNumber().doubleValue()).isBetween(-expected / 100, expected / 100);
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        ResNetSpec spec = ResNetSpec.cifar(20, Shortcut.A, 10);

        assertThat(ResNet.create(spec, 7).params())
                .isEqualTo(ResNet.create(spec, 7).params());
        assertThat(ResNet.create(spec, 7).params())
                .isNotEqualTo(ResNet.create(spec, 8).params());
    }

    @Test
    void aNetworkThatDoesNotExistIsRefusedWithEveryProblem() {
        assertThatThrownBy(() ->
                        new ResNetSpec(Family.IMAGENET, 51, Block.BASIC, Variant.V1, Shortcut.A, false, true, 1, 224))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "depth is 51 but the imagenet family has only 18, 34, 50, 101 and 152. Set one of these.",
                        "shortcut is A but the imagenet family has only option B and none. Set shortcut = B.",
                        "zero-gamma is true but without batch-norm there is no γ."
                                + " Set zero-gamma = false or batch-norm = true.",
                        "classes is 1 but must be at least 2. Set it to the number of labels in the data."));
        assertThatThrownBy(() -> ResNetSpec.cifar(54, Shortcut.A, 10))
                .hasMessage("depth is 54 but the cifar family has depths of 6n+2 from 8 on."
                        + " Set one of 20, 32, 44, 56 and 110, e.g. 56.");
    }
}
