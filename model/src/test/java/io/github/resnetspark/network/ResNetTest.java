package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.model.NetworkFailures;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

class ResNetTest {
    private static final List<Integer> IMAGENET_DEPTHS = List.of(18, 34, 50, 101, 152, 200);

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
        var vertices = ResNet.configuration(plain, new ResNet.LearningRule(new NoOp(), 0), 1, DataType.FLOAT)
                .getVertices();

        assertThat(vertices.values()).hasOnlyElementsOfType(LayerVertex.class);
        assertThat(vertices.keySet()).contains("stage3-block3-conv2", "stage3-block3-relu");
        assertThat(LayerTable.of(plain).parameters()).isEqualTo(269_722);
        assertThat(plain.displayName()).isEqualTo("CIFAR plain-20");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGENET, 50, BOTTLENECK, V1_5, B, true, ResNet-50 v1.5",
        "IMAGENET, 18, BASIC, V1, A_END, true, ResNet-18 (A-end)",
        "IMAGENET, 34, BASIC, V1, NONE, true, plain-34",
        "IMAGENET, 18, BOTTLENECK, D, B, true, ResNet-18 d of bottlenecks with a 7×7 stem",
        "CIFAR, 164, BOTTLENECK, PREACT, B, true, CIFAR ResNet-164 preact (B) of bottlenecks",
        "CIFAR, 20, BASIC, V1, A, false, CIFAR ResNet-20 (A) without batch-norm",
        "CIFAR_RESNET18, 18, BASIC, V1, B, true, ResNet-18 with a 3×3 stem"
    })
    void hasTheUsualDisplayName(
            Family family, int depth, Block block, Variant variant, Shortcut shortcut, boolean batchNorm, String name) {
        assertThat(new ResNetSpec(family, depth, block, variant, shortcut, batchNorm, false, 10, 32).displayName())
                .isEqualTo(name);
    }

    @Test
    void weightsHaveTheInitializationOfHeEtAl() {
        ComputationGraph net = ResNet.create(ResNetSpec.imageNet(18, 1000), 3);
        INDArray weights = net.getLayer("stage3-block2-conv1").getParam("W");

        // N(0, 2 / fan-in) with fan-in 256 · 3 · 3, over 589,824 draws.
        double expected = Math.sqrt(2.0 / (256 * 9));
        assertThat(weights.stdNumber().doubleValue()).isBetween(expected * 0.99, expected * 1.01);
        assertThat(weights.meanNumber().doubleValue()).isBetween(-expected / 100, expected / 100);
    }

    @Test
    void weightsCanStartWithFanOut() {
        ComputationGraph net = ResNet.create(
                new ResNetSpec(
                        Family.IMAGENET,
                        18,
                        Block.BASIC,
                        Variant.V1,
                        Shortcut.B,
                        true,
                        false,
                        1000,
                        224,
                        ResNetSpec.Initialization.HE_FAN_OUT,
                        Stem.STANDARD),
                3);
        INDArray weights = net.getLayer("stage3-block1-conv1").getParam("W");

        // N(0, 2 / fan-out) with fan-out 256 · 3 · 3 and 128 input channels.
        double expected = Math.sqrt(2.0 / (256 * 9));
        assertThat(weights.size(1)).isEqualTo(128);
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
    void refusesImpossibleNetworksWithAllProblems() {
        assertThatThrownBy(() ->
                        new ResNetSpec(Family.IMAGENET, 51, Block.BASIC, Variant.V1, Shortcut.A, false, true, 1, 224))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        NetworkFailures.depthOfFamily(51, "imagenet", IMAGENET_DEPTHS),
                        NetworkFailures.zeroGammaWithoutBatchNorm(),
                        NetworkFailures.tooFewClasses(1)));
        assertThatThrownBy(() -> new ResNetSpec(
                        Family.IMAGENET, 50, Block.BASIC, Variant.PREACT, Shortcut.NONE, false, true, 10, 31))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        NetworkFailures.basicBlocksTooDeep(50),
                        NetworkFailures.preActivationWithoutBatchNorm(),
                        NetworkFailures.zeroGammaWithoutBatchNorm(),
                        NetworkFailures.zeroGammaWithoutShortcut(),
                        NetworkFailures.zeroGammaWithPreActivation(),
                        NetworkFailures.inputTooSmall(31, 32, 224)));
        assertThatThrownBy(() -> new ResNetSpec(
                        Family.CIFAR_RESNET18, 20, Block.BASIC, Variant.D, Shortcut.NONE, true, false, 10, 32))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        NetworkFailures.depthOfFamily(20, "cifar-resnet18", IMAGENET_DEPTHS),
                        NetworkFailures.averagingWithoutShortcut()));
        assertThatThrownBy(() -> new ResNetSpec(
                        Family.IMAGENET, 18, Block.BASIC, Variant.AUTHORS, Shortcut.B, true, false, 10, 230))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        NetworkFailures.authorsDepth(List.of(50, 101, 152)),
                        NetworkFailures.authorsInput(230, 224)));
        assertThatThrownBy(() -> new ResNetSpec(
                        Family.CIFAR, 110 + 3, Block.BOTTLENECK, Variant.V1, Shortcut.B, true, false, 10, 32))
                .hasMessage(NetworkFailures.depthOfCifar(113, 9, "bottleneck", List.of(56, 110, 164, 1001), 110));
        assertThatThrownBy(() -> ResNetSpec.cifar(60_002, Shortcut.A, 10))
                .hasMessage(NetworkFailures.tooDeep(60_002, 10_000));
        assertThatThrownBy(() -> ResNetSpec.cifar(54, Shortcut.A, 10))
                .hasMessage(NetworkFailures.depthOfCifar(54, 6, "", List.of(20, 32, 44, 56, 110), 56));
        assertThatThrownBy(() -> ResNetSpec.cifar(1001, Shortcut.A, 10))
                .hasMessage(NetworkFailures.depthOfOtherBlock(1001, 6, "basic", "bottleneck"));
        assertThatThrownBy(() -> new ResNetSpec(
                        Family.CIFAR, 8, Block.BOTTLENECK, Variant.V1, Shortcut.B, true, false, 10, 2049))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        NetworkFailures.depthOfOtherBlock(8, 9, "bottleneck", "basic"),
                        NetworkFailures.inputTooLarge(2049, 2048, 32)));
    }
}
