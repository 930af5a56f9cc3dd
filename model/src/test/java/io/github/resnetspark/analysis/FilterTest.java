package io.github.resnetspark.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FilterTest {
    @Test
    void hasOneForEveryOutputOfConvolutionsAndTheHead() {
        ComputationGraph net = ResNet.create(ResNetSpec.cifar(8, Shortcut.B, 5), 3);
        float[] parameters = net.params().toFloatVector();

        List<Filter> filters = Filter.allOf(net);

        // The stem, two convolutions a block, two projections, five classes.
        assertThat(filters).hasSize(16 + 2 * (16 + 32 + 64) + 32 + 64 + 5);
        INDArray stem = net.getParam("stem-conv_W");
        for (int out = 0; out < 16; out++) {
            double squares = 0;
            for (int in = 0; in < 3; in++) {
                for (int y = 0; y < 3; y++) {
                    for (int x = 0; x < 3; x++) {
                        squares += Math.pow(stem.getDouble(out, in, y, x), 2);
                    }
                }
            }
            assertThat(filters.get(out).length()).isEqualTo(27);
            assertThat(filters.get(out).norm(parameters)).isEqualTo(Math.sqrt(squares), within(1e-6));
        }
        INDArray head = net.getParam(ResNet.HEAD + "_W");
        for (int out = 0; out < 5; out++) {
            double squares = 0;
            for (int in = 0; in < 64; in++) {
                squares += Math.pow(head.getDouble(in, out), 2);
            }
            Filter filter = filters.get(filters.size() - 5 + out);
            assertThat(filter.length()).isEqualTo(64);
            assertThat(filter.norm(parameters)).isEqualTo(Math.sqrt(squares), within(1e-6));
        }
    }

    @Test
    void noneIncludesBatchNormalisation() {
        ComputationGraph net = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 5), 3);
        float[] ones = new float[(int) net.numParams()];
        Arrays.fill(ones, 1);

        float[] direction = Direction.random(ones, Filter.allOf(net), 1);

        net.setParams(Nd4j.createFromArray(direction));
        assertThat(net.getParam("stem-bn_gamma").sumNumber().doubleValue()).isZero();
        assertThat(net.getParam("stage2-block1-bn1_var").norm2Number().doubleValue())
                .isZero();
        assertThat(net.getParam("stage2-block1-bn1_mean").norm2Number().doubleValue())
                .isZero();
        assertThat(net.getParam(ResNet.HEAD + "_b").norm2Number().doubleValue()).isZero();
        assertThat(net.getParam("stage2-block1-conv1_W").norm2Number().doubleValue())
                .isEqualTo(Math.sqrt(32 * 16 * 9), within(1e-3));
    }
}
