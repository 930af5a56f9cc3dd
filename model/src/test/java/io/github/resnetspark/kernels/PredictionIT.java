package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.network.EveryNetwork;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Prediction, where the operations after a convolution are fused into it. */
class PredictionIT {
    @BeforeEach
    void useTheSameDataEachTime() {
        Nd4j.getRandom().setSeed(42);
    }

    static Stream<ResNetSpec> networks() {
        return Stream.concat(
                Stream.of(
                        ResNetSpec.cifar(20, Shortcut.A, Networks.CLASSES),
                        ResNetSpec.imageNet(18, Networks.CLASSES),
                        EveryNetwork.released()),
                EveryNetwork.small());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void equalsDl4jInDoublePrecisionForEveryBatch(ResNetSpec spec) {
        ComputationGraph network = Networks.create(spec, Networks.NO_RULE, Acceleration.ONEDNN);
        trained(network);
        ComputationGraph reference =
                Networks.inDouble(network, ResNet.configuration(spec, Networks.NO_RULE, 5, DataType.DOUBLE));
        for (int batch : new int[] {3, 1, 4, 3}) {
            INDArray pictures = Networks.pictures(batch, Math.min(spec.input(), 64));
            INDArray expected = reference.outputSingle(false, pictures.castTo(DataType.DOUBLE));

            assertThat(Networks.relativeError(network.outputSingle(false, pictures), expected))
                    .isLessThan(1e-5);
        }
        network.close();
        reference.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void equalsAPassThatReturnsEveryActivation(ResNetSpec spec) {
        ComputationGraph network = Networks.create(spec, Networks.NO_RULE, Acceleration.ONEDNN);
        trained(network);
        INDArray pictures = Networks.pictures(2, Math.min(spec.input(), 64));

        Map<String, INDArray> activations = network.feedForward(pictures, false);

        assertThat(Networks.relativeError(network.outputSingle(false, pictures), activations.get(ResNet.HEAD)))
                .isLessThan(1e-5);
        network.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void isBitIdenticalIfTheNetworkIsFrozen(ResNetSpec spec) {
        ComputationGraph network = Networks.create(spec, Networks.NO_RULE, Acceleration.ONEDNN);
        trained(network);
        List<INDArray> batches = Stream.of(3, 1, 4, 2, 6, 3)
                .map(batch -> Networks.pictures(batch, Math.min(spec.input(), 64)))
                .toList();
        List<float[]> expected = batches.stream()
                .map(pictures ->
                        network.outputSingle(false, pictures).dup('c').data().asFloat())
                .toList();

        Acceleration.freeze(network);

        for (int i = 0; i < expected.size(); i++) {
            assertThat(network.outputSingle(false, batches.get(i))
                            .dup('c')
                            .data()
                            .asFloat())
                    .containsExactly(expected.get(i));
        }
        network.close();
    }

    @Test
    void refusesToTrainAFrozenNetwork() {
        ComputationGraph network = Networks.create(
                ResNetSpec.cifar(8, Shortcut.A, Networks.CLASSES), Networks.NO_RULE, Acceleration.ONEDNN);
        Acceleration.freeze(network);

        assertThatThrownBy(() ->
                        network.fit(new INDArray[] {Networks.pictures(4, 32)}, new INDArray[] {Networks.labels(4)}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The network is frozen and can only predict. Load it again to train it.");
        network.close();
    }

    @Test
    void refusesAnotherNumberOfChannelsLikeDl4j() {
        ComputationGraph network = Networks.create(
                ResNetSpec.cifar(8, Shortcut.A, Networks.CLASSES), Networks.NO_RULE, Acceleration.ONEDNN);

        assertThatThrownBy(() -> network.outputSingle(false, Nd4j.randn(DataType.FLOAT, 2, 1, 32, 32)))
                .isInstanceOf(DL4JInvalidInputException.class);
        network.close();
    }

    @Test
    void usesTheCurrentParametersDuringTraining() {
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, Networks.CLASSES);
        ComputationGraph network =
                Networks.create(spec, new ResNet.LearningRule(new Nesterovs(0.01, 0.9), 0), Acceleration.ONEDNN);
        INDArray pictures = Networks.pictures(4, 32);
        INDArray first = network.outputSingle(false, pictures);
        INDArray kept = first.dup();
        network.fit(new INDArray[] {pictures}, new INDArray[] {Networks.labels(4)});
        INDArray second = network.outputSingle(false, pictures);

        assertThat(first).isEqualTo(kept);
        assertThat(Networks.relativeError(second, first)).isGreaterThan(1e-4);
        assertThat(Networks.relativeError(
                        second, network.feedForward(pictures, false).get(ResNet.HEAD)))
                .isLessThan(1e-5);
        network.close();
    }

    /** Statistics and scales as after training, so that no 0 or 1 hides an error. */
    private static void trained(ComputationGraph network) {
        network.paramTable().forEach((name, parameter) -> {
            String kind = name.substring(name.lastIndexOf('_') + 1);
            boolean positive = Arrays.asList(
                            BatchNormalizationParamInitializer.GLOBAL_VAR, BatchNormalizationParamInitializer.GAMMA)
                    .contains(kind);
            boolean centred = Arrays.asList(
                            BatchNormalizationParamInitializer.GLOBAL_MEAN, BatchNormalizationParamInitializer.BETA)
                    .contains(kind);
            if (positive) {
                parameter.assign(Nd4j.rand(DataType.FLOAT, parameter.shape()).addi(0.5));
            } else if (centred) {
                parameter.assign(Nd4j.randn(DataType.FLOAT, parameter.shape()).muli(0.1));
            }
        });
    }
}
