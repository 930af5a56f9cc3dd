package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Compares the single-pass step with DL4J's own, which a network with a listener uses. */
class FlatStepTest {
    @BeforeEach
    void useTheSameDataEachTime() {
        Nd4j.getRandom().setSeed(42);
    }

    static Stream<IUpdater> updaters() {
        return Stream.of(new Nesterovs(0.003, 0.9), new Nesterovs(0.003, 0), new NoOp(), new Adam(1e-3));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void threeStepsGiveTheSameParametersAndVelocitiesAsInDl4j(IUpdater updater) {
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.B, Networks.CLASSES);
        ResNet.LearningRule rule = new ResNet.LearningRule(updater, 0.05);
        ComputationGraph flat = Networks.create(spec, rule, Acceleration.ONEDNN);
        ComputationGraph stock = Networks.create(spec, rule, Acceleration.ONEDNN);
        stock.setListeners(new CollectScoresIterationListener());
        INDArray begin = flat.params().dup();

        for (int step = 0; step < 3; step++) {
            // Seven pictures, so that the division by the minibatch size is not exact.
            INDArray[] pictures = {Networks.pictures(7, 32)};
            INDArray[] labels = {Networks.labels(7)};
            flat.fit(pictures, labels);
            stock.fit(pictures, labels);
        }

        assertThat(Networks.relativeError(stock.params(), begin)).isGreaterThan(1e-4);
        assertThat(Networks.relativeError(flat.params(), stock.params())).isLessThan(1e-5);
        INDArray velocities = stock.getUpdater().getStateViewArray();
        if (velocities != null) {
            assertThat(Networks.relativeError(flat.getUpdater().getStateViewArray(), velocities))
                    .isLessThan(1e-3);
        }
        assertThat(flat.getIterationCount())
                .isEqualTo(stock.getIterationCount())
                .isEqualTo(3);
        flat.close();
        stock.close();
    }

    /** One input x = 2, weights w = (0.5, 0), no bias yet; two classes, the first is right. */
    @Test
    void twoStepsEqualThoseComputedByHand() {
        double decay = 0.1;
        double rate = 0.2;
        double momentum = 0.5;
        ComputationGraph network =
                Acceleration.ONEDNN.create(softmax(new Nesterovs(rate, momentum), decay), Precision.F32);
        network.setParams(Nd4j.createFromArray(0.5f, 0f, 0f, 0f).reshape(1, 4));
        INDArray[] input = {Nd4j.createFromArray(new float[][] {{2}, {2}})};
        INDArray[] labels = {Nd4j.createFromArray(new float[][] {{1, 0}, {1, 0}})};

        double w = 0.5;
        double velocity = 0;
        double other = 0;
        double otherVelocity = 0;
        double bias = 0;
        double biasVelocity = 0;
        for (int step = 0; step < 2; step++) {
            network.fit(input, labels);
            // The gradient of the loss with respect to the first logit; that of the second is its negative.
            double error = 1 / (1 + Math.exp(-(2 * (w - other) + 2 * bias))) - 1;
            double next = momentum * velocity - rate * (2 * error + decay * w);
            w += -momentum * velocity + (1 + momentum) * next;
            velocity = next;
            next = momentum * otherVelocity - rate * (-2 * error + decay * other);
            other += -momentum * otherVelocity + (1 + momentum) * next;
            otherVelocity = next;
            next = momentum * biasVelocity - rate * error;
            bias += -momentum * biasVelocity + (1 + momentum) * next;
            biasVelocity = next;
        }
        assertThat(network.params().toDoubleVector())
                .containsExactly(new double[] {w, other, bias, -bias}, org.assertj.core.data.Offset.offset(1e-6));
        network.close();
    }

    private static ComputationGraphConfiguration softmax(IUpdater updater, double decay) {
        return new NeuralNetConfiguration.Builder()
                .updater(updater)
                .dataType(DataType.FLOAT)
                .cacheMode(CacheMode.DEVICE)
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "fc",
                        new OutputLayer.Builder(new LossMCXENT())
                                .nIn(1)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .weightInit(WeightInit.ZERO)
                                .l2(decay)
                                .build(),
                        "input")
                .setOutputs("fc")
                .build();
    }
}
