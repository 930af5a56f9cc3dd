package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.EveryNetwork;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

class LayerHelpersIT {

    static Stream<ResNetSpec> networks() {
        return Stream.of(
                ResNetSpec.cifar(20, Shortcut.A, 10),
                ResNetSpec.cifar(20, Shortcut.B, 10),
                Networks.smallPictures(18),
                Networks.smallPictures(50));
    }

    /** Networks whose windows extend beyond the picture, or whose blocks have another order. */
    static Stream<ResNetSpec> allNetworks() {
        return Stream.concat(
                Stream.concat(networks(), Stream.of(Networks.withoutBatchNorm())),
                EveryNetwork.small()
                        .filter(spec -> spec.variant() == Variant.D || spec.variant() == Variant.PREACT)
                        .filter(spec -> spec.depth() < 14));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyConvolutionAndBatchNormLayerHasItsHelper(ResNetSpec spec) {
        int convolutions = 0;
        for (Layer layer : helped(spec).getLayers()) {
            if (layer instanceof ConvolutionLayer convolution) {
                assertThat(convolution.getHelper()).isInstanceOf(MKLDNNConvHelper.class);
                convolutions++;
            } else if (layer instanceof BatchNormalization batchNorm) {
                assertThat(batchNorm.getHelper()).isInstanceOf(MKLDNNBatchNormHelper.class);
            } else if (layer instanceof SubsamplingLayer pool) {
                assertThat(pool.getHelper()).isNotNull();
            }
        }
        assertThat(convolutions).isGreaterThanOrEqualTo(19);
    }

    @Test
    void aNetworkCreatedDirectlyUsesStockDl4j() {
        ComputationGraph net = plain(ResNetSpec.cifar(8, Shortcut.A, 10), DataType.FLOAT);

        assertThat(net.getLayer("stem-conv").getHelper()).isNull();
    }

    /** Tests both DL4J's own helpers and those for any backend, because the slow reference is the same for both. */
    @ParameterizedTest
    @MethodSource("allNetworks")
    void probabilitiesAndGradientsEqualThoseOfDl4jInDoublePrecision(ResNetSpec spec) {
        // With these pictures, no activation is so close to 0 that float and double differ in the sign before a ReLU.
        Nd4j.getRandom().setSeed(44);
        INDArray pictures = Nd4j.randn(DataType.FLOAT, 8, 3, spec.input(), spec.input());
        INDArray labels = Networks.labels(8);
        List<ComputationGraph> helped =
                List.of(helped(spec), OperationHelpers.create(configuration(spec, DataType.FLOAT)));
        ComputationGraph reference = plain(spec, DataType.DOUBLE);
        reference.setParams(helped.get(0).params().castTo(DataType.DOUBLE));
        INDArray expected = reference.outputSingle(pictures.castTo(DataType.DOUBLE));
        INDArray expectedGradient =
                gradient(reference, pictures.castTo(DataType.DOUBLE), labels.castTo(DataType.DOUBLE));

        assertThat(helped.get(1).params()).isEqualTo(helped.get(0).params());
        assertThat(helped).allSatisfy(network -> {
            assertThat(Networks.relativeError(network.outputSingle(pictures), expected))
                    .isLessThan(1e-4);
            assertThat(Networks.relativeError(gradient(network, pictures, labels), expectedGradient))
                    .isLessThan(1e-3);
        });
    }

    @Test
    void anUnscoredL2ChangesTheGradientLikeDl4jsButNotTheScore() {
        Nd4j.getRandom().setSeed(42);
        INDArray pictures = Nd4j.randn(DataType.FLOAT, 4, 3, 32, 32);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 10);
        labels.putColumn(3, Nd4j.ones(DataType.FLOAT, 4));
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, 10);
        ComputationGraph with = ResNet.create(spec, new ResNet.LearningRule(new Sgd(0.5), 0.1), 5, DataType.FLOAT);
        ComputationGraph without = ResNet.create(spec, new ResNet.LearningRule(new Sgd(0.5), 0), 5, DataType.FLOAT);
        INDArray before = with.getParam("stage1-block1-conv1_W").dup();

        with.fit(new INDArray[] {pictures}, new INDArray[] {labels});
        without.fit(new INDArray[] {pictures}, new INDArray[] {labels});

        assertThat(with.score()).isEqualTo(without.score());
        INDArray decay = without.getParam("stage1-block1-conv1_W").sub(with.getParam("stage1-block1-conv1_W"));
        assertThat(Networks.relativeError(decay, before.mul(0.5 * 0.1))).isLessThan(1e-4);
        assertThat(with.getParam("stage1-block1-bn1_gamma")).isEqualTo(without.getParam("stage1-block1-bn1_gamma"));
        assertThat(with.getParam("fc_b")).isEqualTo(without.getParam("fc_b"));
    }

    @Test
    void anUnscoredL2CanBeSerializedToJson() {
        var configuration = ResNet.configuration(
                ResNetSpec.cifar(8, Shortcut.A, 10), new ResNet.LearningRule(new Sgd(1), 0.1), 5, DataType.FLOAT);

        ComputationGraph read = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration.toJson()));
        read.init();

        assertThat(read.getLayer("stem-conv").getConfig().getRegularizationByParam("W"))
                .containsExactly(new UnscoredL2(0.1));
    }

    private static ComputationGraph helped(ResNetSpec spec) {
        return ResNet.create(
                spec,
                new ResNet.LearningRule(new NoOp(), 0),
                5,
                DataType.FLOAT,
                new AccelSettings(Acceleration.DL4J, Precision.F32));
    }

    private static ComputationGraph plain(ResNetSpec spec, DataType type) {
        ComputationGraph net = new ComputationGraph(configuration(spec, type));
        net.init();
        return net;
    }

    private static ComputationGraphConfiguration configuration(ResNetSpec spec, DataType type) {
        return ResNet.configuration(spec, new ResNet.LearningRule(new NoOp(), 0), 5, type);
    }

    private static INDArray gradient(ComputationGraph net, INDArray pictures, INDArray labels) {
        net.setInputs(pictures);
        net.setLabels(labels);
        net.computeGradientAndScore();
        return net.getFlattenedGradients().dup();
    }
}
