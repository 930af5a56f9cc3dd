package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.input.FloatArrays;
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

class GradientClippingTest {
    /** Two weights, three values of batch normalisation, one weight. */
    private static final List<GradientClipping.Range> WEIGHTS =
            List.of(new GradientClipping.Range(0, 2), new GradientClipping.Range(5, 6));

    @Test
    void scalesAllLayersTogetherExceptBatchNormalisation() {
        // √(2² + 4² + 4²) = 6, so a limit of 3 halves it; 100 is ignored.
        float[] gradient = {2, -4, 100, 7, 0.5f, 4};

        new GradientClipping(3, WEIGHTS).clip(FloatBuffer.wrap(gradient));

        assertThat(gradient).containsExactly(1, -2, 100, 7, 0.5f, 2);
    }

    @Test
    void keepsAGradientBelowTheLimit() {
        float[] gradient = {2, -4, 100, 7, 0.5f, 4};

        new GradientClipping(6, WEIGHTS).clip(FloatBuffer.wrap(gradient));

        assertThat(gradient).containsExactly(2, -4, 100, 7, 0.5f, 4);
    }

    @Test
    void keepsAGradientThatIsNotFinite() {
        float[] gradient = {2, Float.NaN, 100, 7, 0.5f, 4};

        new GradientClipping(3, WEIGHTS).clip(FloatBuffer.wrap(gradient));

        assertThat(gradient).containsExactly(2, Float.NaN, 100, 7, 0.5f, 4);
    }

    @Test
    void aStepIsAsLongAsTheLimitAndRunningStatisticsAreNotScaled() {
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, 10);
        INDArray[] pictures = {Nd4j.rand(DataType.FLOAT, 4, 3, 32, 32)};
        INDArray[] labels = {Nd4j.zeros(DataType.FLOAT, 4, 10)};
        for (int i = 0; i < 4; i++) {
            labels[0].putScalar(i, i, 1);
        }
        ComputationGraph free = network(spec, 0);
        ComputationGraph clipped = network(spec, 0.01);
        float[] start = FloatArrays.read(clipped.params());
        GradientClipping clipping = GradientClipping.of(clipped, 0.01);

        free.fit(pictures, labels);
        clipped.fit(pictures, labels);

        double squares = 0;
        float[] end = FloatArrays.read(clipped.params());
        for (GradientClipping.Range range : clipping.ranges()) {
            for (int i = range.start(); i < range.end(); i++) {
                squares += Math.pow((double) end[i] - start[i], 2);
            }
        }
        // Plain SGD at rate 1 moves by the gradient.
        assertThat(Math.sqrt(squares)).isBetween(0.0099, 0.0101);
        assertThat(clipped.getParam("stem-bn_mean")).isEqualTo(free.getParam("stem-bn_mean"));
        assertThat(clipped.getParam("stem-bn_var")).isEqualTo(free.getParam("stem-bn_var"));
        assertThat(clipped.getParam("fc_W")).isNotEqualTo(free.getParam("fc_W"));
    }

    private static ComputationGraph network(ResNetSpec spec, double clipNorm) {
        return new ReplicaSpec("run", spec, new Descent(0, 0, clipNorm, 0, Map.of()), AccelSettings.DEFAULT)
                .learner(new FixedSchedule(1), 3);
    }
}
