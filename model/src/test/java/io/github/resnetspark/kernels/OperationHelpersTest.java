package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Runs on the CPU backend. {@link LayerHelpersIT} compares probabilities and gradients. */
class OperationHelpersTest {
    private static final int BATCH = 8;

    static Stream<ResNetSpec> networks() {
        return Stream.of(
                ResNetSpec.cifar(20, Shortcut.A, 10),
                Networks.smallPictures(18),
                Networks.smallPictures(50),
                Networks.withoutBatchNorm());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyLayerHasItsHelper(ResNetSpec spec) {
        for (Layer layer :
                OperationHelpers.create(configuration(spec, DataType.FLOAT)).getLayers()) {
            if (layer instanceof ConvolutionLayer) {
                assertThat(layer.getHelper()).isInstanceOf(OperationHelpers.ConvolutionOperation.class);
            } else if (layer instanceof BatchNormalization) {
                assertThat(layer.getHelper()).isInstanceOf(OperationHelpers.BatchNormOperation.class);
            } else if (layer instanceof SubsamplingLayer) {
                assertThat(layer.getHelper()).isInstanceOf(OperationHelpers.PoolOperation.class);
            }
        }
    }

    @Test
    void updatesRunningStatisticsAndParametersLikeDl4j() {
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.B, 10);
        ResNet.LearningRule rule = new ResNet.LearningRule(new Sgd(0.05), 1e-3);
        ComputationGraph helped = OperationHelpers.create(ResNet.configuration(spec, rule, 5, DataType.FLOAT));
        ComputationGraph reference = plain(ResNet.configuration(spec, rule, 5, DataType.FLOAT));
        reference.setParams(helped.params().dup());
        Nd4j.getRandom().setSeed(43);
        INDArray pictures = Nd4j.randn(DataType.FLOAT, BATCH, 3, 32, 32);

        for (int step = 0; step < 3; step++) {
            helped.fit(new INDArray[] {pictures}, new INDArray[] {Networks.labels(BATCH)});
            reference.fit(new INDArray[] {pictures}, new INDArray[] {Networks.labels(BATCH)});
        }

        assertThat(Networks.relativeError(helped.getParam("stem-bn_mean"), reference.getParam("stem-bn_mean")))
                .isLessThan(1e-4);
        assertThat(Networks.relativeError(helped.getParam("stem-bn_var"), reference.getParam("stem-bn_var")))
                .isLessThan(1e-4);
        assertThat(Networks.relativeError(helped.params(), reference.params())).isLessThan(1e-3);
    }

    @Test
    void otherDataTypesRunWithDl4jsOwnKernels() {
        ComputationGraph net =
                OperationHelpers.create(configuration(ResNetSpec.cifar(8, Shortcut.A, 10), DataType.DOUBLE));

        assertThat(net.getLayers()).allMatch(layer -> layer.getHelper() == null);
    }

    private static ComputationGraphConfiguration configuration(ResNetSpec spec, DataType type) {
        return ResNet.configuration(spec, new ResNet.LearningRule(new NoOp(), 0), 5, type);
    }

    private static ComputationGraph plain(ComputationGraphConfiguration configuration) {
        return LayerHelpers.disabled(() -> {
            ComputationGraph net = new ComputationGraph(configuration);
            net.init();
            return net;
        });
    }
}
