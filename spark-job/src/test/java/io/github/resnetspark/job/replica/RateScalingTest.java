package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.input.FloatArrays;
import io.github.resnetspark.job.replica.GradientClipping.Range;
import io.github.resnetspark.job.replica.RateScaling.Tensor;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class RateScalingTest {
    private static final ResNetSpec NETWORK = ResNetSpec.cifar(8, Shortcut.A, 10);

    /** ‖w‖ = 5, ‖g‖ = 10, λ = 0.5: the ratio is 0.02 · 5 / (10 + 2.5) = 0.008. A bias in between keeps its rate. */
    @Test
    void larsMultipliesTheStepOfAWeightTensorByItsTrustRatio() {
        float[] weights = {3, 4, 100};
        float[] gradient = {6, -8, 7};

        new RateScaling(0.02, List.of(new Tensor(new Range(0, 2), 0.5, 1), new Tensor(new Range(2, 3), 0, 1)))
                .scale(FloatBuffer.wrap(gradient), FloatBuffer.wrap(weights));

        // With weight decay, the steps are 0.008 · (6 + 0.5 · 3) and 0.008 · (−8 + 0.5 · 4).
        assertThat(gradient[0] + 0.5f * 3).isCloseTo(0.06f, within(1e-6f));
        assertThat(gradient[1] + 0.5f * 4).isCloseTo(-0.048f, within(1e-6f));
        assertThat(gradient[2]).isEqualTo(7);
    }

    @Test
    void tensorsWithoutNormKeepTheirRate() {
        float[] gradient = {6, -8};

        new RateScaling(0.02, List.of(new Tensor(new Range(0, 2), 0.5, 1)))
                .scale(FloatBuffer.wrap(gradient), FloatBuffer.wrap(new float[2]));

        assertThat(gradient).containsExactly(6, -8);
    }

    @Test
    void aFrozenPartKeepsItsWeightsEvenWithWeightDecayAndMomentumAndStillMeasuresItsPictures() {
        INDArray[] pictures = {Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32)};
        INDArray[] labels = {Nd4j.zeros(DataType.FLOAT, 4, 10)};
        for (int i = 0; i < 4; i++) {
            labels[0].putScalar(i, i, 1);
        }
        ComputationGraph partly = network(Map.of("stem", 0.0, "stage1", 0.0));
        INDArray stem = partly.getParam("stem-conv_W").dup();
        INDArray gamma = partly.getParam("stage1-block1-bn1_gamma").dup();
        INDArray mean = partly.getParam("stem-bn_mean").dup();
        INDArray head = partly.getParam("fc_W").dup();
        for (int step = 0; step < 3; step++) {
            partly.fit(pictures, labels);
        }

        assertThat(partly.getParam("stem-conv_W")).isEqualTo(stem);
        assertThat(partly.getParam("stage1-block1-bn1_gamma")).isEqualTo(gamma);
        assertThat(partly.getParam("stem-bn_mean")).isNotEqualTo(mean);
        assertThat(partly.getParam("fc_W")).isNotEqualTo(head);
    }

    @Test
    void aFactorIsTheSameAsAnotherLearningRate() {
        INDArray[] pictures = {Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32)};
        INDArray[] labels = {Nd4j.zeros(DataType.FLOAT, 4, 10)};
        labels[0].putScalar(0, 1, 1);
        ComputationGraph all = network(Map.of());
        ComputationGraph half = network(Map.of("fc", 0.5));
        float[] start = FloatArrays.read(all.getParam("fc_W").dup('c'));
        all.fit(pictures, labels);
        half.fit(pictures, labels);
        float[] whole = FloatArrays.read(all.getParam("fc_W").dup('c'));
        float[] halved = FloatArrays.read(half.getParam("fc_W").dup('c'));

        for (int i = 0; i < start.length; i++) {
            assertThat(halved[i] - start[i]).isCloseTo((whole[i] - start[i]) / 2, within(1e-6f));
        }
        assertThat(half.getParam("stem-conv_W")).isEqualTo(all.getParam("stem-conv_W"));
    }

    private static ComputationGraph network(Map<String, Double> factors) {
        return new ReplicaSpec("run", NETWORK, new Descent(0.9, 0.1, 0, 0, factors), AccelSettings.DEFAULT)
                .learner(new FixedSchedule(0.1), 3);
    }
}
