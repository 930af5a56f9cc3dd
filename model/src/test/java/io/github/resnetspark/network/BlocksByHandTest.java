package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * One block of every kind on a picture so small that the expected output was computed by hand. A 3×3 convolution of ones over 2×2
 * pixels gives the sum of all four in each pixel.
 */
class BlocksByHandTest {
    private static final INDArray PICTURE = picture(new double[][] {{1, -2}, {3, 4}});
    private static final INDArray SIXTEEN =
            picture(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13, 14, 15, 16}});

    @Test
    void aBasicBlock() {
        ComputationGraph net =
                block(Block.BASIC, Variant.V1, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 1, false));
        ones(net);
        norm(net, "b-bn1", 1, 2, -3); // 6 → (6 − 1)·2 − 3 = 7
        norm(net, "b-bn2", 20, 0.5, -3); // 28 → (28 − 20)/2 − 3 = 1

        // 1 + x, then ReLU
        assertThat(output(net)).isEqualTo(picture(new double[][] {{2, 0}, {4, 5}}));
    }

    @Test
    void aPlainBlock() {
        ComputationGraph net =
                block(Block.BASIC, Variant.V1, Shortcut.NONE, true, new ResidualBlock.Place("b", 1, 1, 1, false));
        ones(net);
        norm(net, "b-bn1", 1, 2, -3);
        norm(net, "b-bn2", 20, 0.5, -3);

        assertThat(output(net)).isEqualTo(picture(new double[][] {{1, 1}, {1, 1}}));
    }

    @Test
    void aBlockWithBiasesInsteadOfBatchNorm() {
        ComputationGraph net =
                block(Block.BASIC, Variant.V1, Shortcut.B, false, new ResidualBlock.Place("b", 1, 1, 1, false));
        ones(net);
        net.getParam("b-conv1_b").assign(-5); // 6 − 5 = 1
        net.getParam("b-conv2_b").assign(-6); // 4 − 6 = −2

        assertThat(output(net)).isEqualTo(picture(new double[][] {{0, 0}, {1, 2}}));
    }

    @Test
    void aPreActivationBlock() {
        ComputationGraph net =
                block(Block.BASIC, Variant.PREACT, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 1, false));
        ones(net);
        norm(net, "b-bn1", 1, 2, -1); // −1, −7, 3, 5, of which ReLU leaves 8 in all
        norm(net, "b-bn2", 10, 1, 3); // 8 → 1
        net.getParam("b-conv2_W").assign(-1); // −4

        // x − 4, and no ReLU
        assertThat(output(net)).isEqualTo(picture(new double[][] {{-3, -6}, {-1, 0}}));
    }

    @Test
    void theFirstPreActivationBlockReadsTheStemDirectly() {
        ComputationGraph net =
                block(Block.BASIC, Variant.PREACT, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 1, true));
        ones(net);
        norm(net, "b-bn2", 10, 1, 6); // 6 → 2, so 8 after the second convolution

        assertThat(net.getConfiguration().getVertices()).doesNotContainKey("b-bn1");
        assertThat(output(net)).isEqualTo(picture(new double[][] {{9, 6}, {11, 12}}));
    }

    @Test
    void aPreActivationBlockThatChangesTheShapeProjectsItsActivation() {
        ComputationGraph net =
                block(Block.BASIC, Variant.PREACT, Shortcut.B, true, new ResidualBlock.Place("b", 1, 2, 2, false));
        ones(net);
        norm(net, "b-bn1", 1, 2, -1); // ReLU leaves 0, 0, 3, 5
        norm(net, "b-bn2", 10, 1, 3); // 8 → 1 in both channels of the one pixel
        net.getParam("b-shortcut-conv_W").assign(7); // of the pixel in the corner, which is 0

        // The second 3×3 sees one pixel of two channels.
        assertThat(output(net)).isEqualTo(pixel(2, 2));
    }

    @Test
    void aBottleneck() {
        ComputationGraph net =
                block(Block.BOTTLENECK, Variant.V1, Shortcut.A, true, new ResidualBlock.Place("b", 4, 1, 1, false));
        ones(net);
        INDArray picture = Nd4j.concat(1, PICTURE, PICTURE.mul(2), PICTURE.mul(0), PICTURE.mul(-1));
        // The 1×1 sums four channels to 2x, the 3×3 sums these to 12, and the last 1×1 copies that to all four.
        norm(net, "b-bn1", 0, 1, 100); // 2x + 100, so 412
        norm(net, "b-bn2", 410, 1, 0); // 2
        norm(net, "b-bn3", 0, 1, -1); // 1

        assertThat(net.outputSingle(picture))
                .isEqualTo(Nd4j.concat(
                        1,
                        picture(new double[][] {{2, 0}, {4, 5}}),
                        picture(new double[][] {{3, 0}, {7, 9}}),
                        picture(new double[][] {{1, 1}, {1, 1}}),
                        picture(new double[][] {{0, 3}, {0, 0}})));
    }

    @Test
    void aBottleneckStridesInItsFirstConvolutionAsPublishedOrInItsSecond() {
        ComputationGraph published =
                block(Block.BOTTLENECK, Variant.V1, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 2, false));
        ComputationGraph later =
                block(Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 2, false));
        ones(published);
        ones(later);

        // The shortcut and the published branch read only the corner pixel, 1. The later branch reads 1 + 0 + 3 + 4.
        assertThat(output(published)).isEqualTo(pixel(2, 2, 2, 2));
        assertThat(output(later)).isEqualTo(pixel(9, 9, 9, 9));
    }

    @Test
    void aPreActivationBottleneck() {
        ComputationGraph net =
                block(Block.BOTTLENECK, Variant.PREACT, Shortcut.B, true, new ResidualBlock.Place("b", 4, 1, 1, false));
        ones(net);
        INDArray picture = Nd4j.concat(1, PICTURE, PICTURE.mul(2), PICTURE.mul(0), PICTURE.mul(-1));
        // ReLU leaves 1 + 2, 2, 3 + 6 and 4 + 8 in the four pixels, so 26 after the 3×3.
        norm(net, "b-bn3", 20, 1, 0); // 6

        // x + 6, and no ReLU
        assertThat(net.outputSingle(picture))
                .isEqualTo(Nd4j.concat(
                        1,
                        picture(new double[][] {{7, 4}, {9, 10}}),
                        picture(new double[][] {{8, 2}, {12, 14}}),
                        picture(new double[][] {{6, 6}, {6, 6}}),
                        picture(new double[][] {{5, 8}, {3, 2}})));
    }

    @Test
    void optionAPutsZeroChannelsOnBothSides() {
        ComputationGraph net =
                block(Block.BASIC, Variant.V1, Shortcut.A, true, new ResidualBlock.Place("b", 1, 3, 2, false));
        ones(net);
        norm(net, "b-bn2", 0, 0, 0);

        assertThat(output(net)).isEqualTo(pixel(0, 1, 0));
    }

    @Test
    void variantDAveragesBeforeItProjects() {
        ComputationGraph net =
                block(Block.BASIC, Variant.D, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 2, false));
        ones(net);
        norm(net, "b-bn2", 0, 0, 0); // nothing but the shortcut
        net.getParam("b-shortcut-conv_W").assign(2);

        // Means 3.5 and 5.5, 11.5 and 13.5.
        assertThat(net.outputSingle(SIXTEEN)).isEqualTo(picture(new double[][] {{7, 11}, {23, 27}}));
    }

    @Test
    void variantDAveragesOnlyPixelsInsideAPictureOfOddSize() {
        ComputationGraph net =
                block(Block.BASIC, Variant.D, Shortcut.B, true, new ResidualBlock.Place("b", 1, 1, 2, false));
        ones(net);
        norm(net, "b-bn2", 0, 0, 0);
        net.getParam("b-shortcut-conv_W").assign(2);
        INDArray picture = picture(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});

        // Means of four, two, two and one: 3 and 4.5, 7.5 and 9.
        assertThat(net.outputSingle(picture)).isEqualTo(picture(new double[][] {{6, 9}, {15, 18}}));
    }

    @Test
    void optionAEndPutsAllZeroChannelsAfterTheOthers() {
        ComputationGraph net =
                block(Block.BASIC, Variant.V1, Shortcut.A_END, true, new ResidualBlock.Place("b", 1, 3, 2, false));
        ones(net);
        norm(net, "b-bn2", 0, 0, 0);

        assertThat(output(net)).isEqualTo(pixel(1, 0, 0));
    }

    @Test
    void optionCProjectsEvenIfTheShapeStaysTheSame() {
        ComputationGraph net =
                block(Block.BASIC, Variant.V1, Shortcut.C, true, new ResidualBlock.Place("b", 1, 1, 1, false));
        ones(net);
        norm(net, "b-bn2", 0, 0, 0);
        net.getParam("b-shortcut-conv_W").assign(3);
        norm(net, "b-shortcut-bn", 1, 1, 0); // 3x − 1

        assertThat(output(net)).isEqualTo(picture(new double[][] {{2, 0}, {8, 11}}));
    }

    private static INDArray picture(double[][] pixels) {
        return Nd4j.create(pixels).reshape(1, 1, pixels.length, pixels.length);
    }

    /** One pixel with these channels. */
    private static INDArray pixel(double... channels) {
        return Nd4j.create(channels).reshape(1, channels.length, 1, 1);
    }

    private static INDArray output(ComputationGraph net) {
        return net.outputSingle(PICTURE);
    }

    private static void ones(ComputationGraph net) {
        for (Map.Entry<String, INDArray> parameter : net.paramTable().entrySet()) {
            if (parameter.getKey().endsWith("_W")) {
                parameter.getValue().assign(1);
            } else if (parameter.getKey().endsWith("_var")) {
                // So that the root of variance and epsilon is 1.
                parameter.getValue().assign(1 - 1e-5);
            }
        }
    }

    private static void norm(ComputationGraph net, String name, double mean, double gamma, double beta) {
        net.getParam(name + "_mean").assign(mean);
        net.getParam(name + "_gamma").assign(gamma);
        net.getParam(name + "_beta").assign(beta);
    }

    /** A network that consists of one block. */
    private static ComputationGraph block(
            Block kind, Variant variant, Shortcut shortcut, boolean batchNorm, ResidualBlock.Place place) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs(ResNet.INPUT);
        int depth = kind == Block.BASIC ? 8 : 11;
        ResNetSpec network = new ResNetSpec(Family.CIFAR, depth, kind, variant, shortcut, batchNorm, false, 10, 32);
        ResidualBlock block = new ResidualBlock(network, place, new NetworkBuilder(builder, network, 0));
        String last = variant.design().add(block, ResNet.INPUT);
        ComputationGraph net = new ComputationGraph(builder.setOutputs(last).build());
        net.init();
        return net;
    }
}
