package io.github.resnetspark.kernels;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Networks and data for comparing our kernels with DL4J's. */
final class Networks {
    static final int CLASSES = 10;
    static final ResNet.LearningRule NO_RULE = new ResNet.LearningRule(new NoOp(), 0);

    private Networks() {}

    /** A ResNet-50 on small pictures; each block's last γ is set by {@link #damp}. */
    static ResNetSpec resNet50(int input) {
        return new ResNetSpec(
                Family.IMAGENET, 50, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true, false, CLASSES, input);
    }

    /** An ImageNet network on pictures of 64 pixels. */
    static ResNetSpec smallPictures(int depth) {
        ResNetSpec full = ResNetSpec.imageNet(depth, CLASSES);
        return new ResNetSpec(
                full.family(), depth, full.block(), full.variant(), full.shortcut(), true, true, full.classes(), 64);
    }

    static ResNetSpec withoutBatchNorm() {
        return new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, false, false, CLASSES, 32);
    }

    static ComputationGraph create(ResNetSpec spec, ResNet.LearningRule rule, Acceleration acceleration) {
        return ResNet.create(spec, rule, 5, DataType.FLOAT, new AccelSettings(acceleration, Precision.F32));
    }

    /** The same network with the same parameters in double precision, with DL4J's own kernels. */
    static ComputationGraph inDouble(ComputationGraph network, ComputationGraphConfiguration configuration) {
        ComputationGraph reference = new ComputationGraph(configuration);
        reference.init();
        reference.setParams(network.params().castTo(DataType.DOUBLE));
        return reference;
    }

    /**
     * Makes a deep network well-conditioned. With γ = 1, a rounding error changes the second decimal of the next loss.
     */
    static void damp(ComputationGraph network, double gamma) {
        network.paramTable().forEach((name, parameter) -> {
            if (name.endsWith("bn3_" + BatchNormalizationParamInitializer.GAMMA)) {
                parameter.assign(gamma);
            }
        });
    }

    static INDArray pictures(int batch, int input) {
        return Nd4j.randn(DataType.FLOAT, batch, 3, input, input);
    }

    static INDArray labels(int batch) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
        for (int i = 0; i < batch; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return labels;
    }

    /** ‖actual − expected‖ / ‖expected‖. */
    static double relativeError(INDArray actual, INDArray expected) {
        INDArray reference = expected.castTo(DataType.DOUBLE);
        double norm = reference.norm2Number().doubleValue();
        double difference =
                actual.castTo(DataType.DOUBLE).sub(reference).norm2Number().doubleValue();
        return norm == 0 ? difference : difference / norm;
    }
}
