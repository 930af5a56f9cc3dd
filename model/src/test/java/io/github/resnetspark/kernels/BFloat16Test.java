package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.kernels.onednn.OneDnn;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.message.model.KernelFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

class BFloat16Test {
    private static final ResNetSpec SPEC = ResNetSpec.cifar(20, Shortcut.A, Networks.CLASSES);

    @BeforeEach
    void useTheSameDataEachTime() {
        Nd4j.getRandom().setSeed(42);
    }

    @Test
    void lossesAreCloseToThoseOfFloat32() {
        assumeTrue(OneDnn.multiplies(Precision.BF16), "this CPU does not multiply bfloat16");
        INDArray[] pictures = {Networks.pictures(16, 32)};
        INDArray[] labels = {Networks.labels(16)};
        ComputationGraph half = create(Precision.BF16);
        ComputationGraph single = create(Precision.F32);

        for (int step = 0; step < 30; step++) {
            half.fit(pictures, labels);
            single.fit(pictures, labels);
            assertThat(half.score()).as("step " + step).isCloseTo(single.score(), within(0.1 * single.score() + 0.02));
        }
        assertThat(half.score()).isLessThan(1);
        half.close();
        single.close();
    }

    @Test
    void outputsDifferOnlyByTheRoundingOfEightMantissaBits() {
        assumeTrue(OneDnn.multiplies(Precision.BF16), "this CPU does not multiply bfloat16");
        INDArray pictures = Networks.pictures(4, 32);
        ComputationGraph half = create(Precision.BF16);
        ComputationGraph single = create(Precision.F32);

        INDArray expected = single.outputSingle(false, pictures);
        double error = Networks.relativeError(half.outputSingle(false, pictures), expected);
        assertThat(error).isBetween(1e-6, 5e-2);
        half.close();
        single.close();
    }

    @Test
    void isRefusedWithDl4jsOwnKernels() {
        assertThatThrownBy(() -> ResNet.create(
                        SPEC,
                        Networks.NO_RULE,
                        1,
                        DataType.FLOAT,
                        new AccelSettings(Acceleration.DL4J, Precision.BF16)))
                .hasMessage(KernelFailures.bfloat16InDl4j());
    }

    private static ComputationGraph create(Precision precision) {
        return ResNet.create(
                SPEC,
                new ResNet.LearningRule(new Nesterovs(0.01, 0.9), 1e-4),
                1,
                DataType.FLOAT,
                new AccelSettings(Acceleration.ONEDNN, precision));
    }
}
