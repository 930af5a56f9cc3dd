package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class BlockDesignTest {

    /** A design that is not a {@link Variant}: no ReLU after the sum (Gross and Wilber 2016, "Training and investigating Residual Nets"). */
    private static final class OpenSum implements BlockDesign {
        @Override
        public String name() {
            return "open-sum";
        }

        @Override
        public String add(ResidualBlock block, String from) {
            String first = block.convolution(1, from, block.stride());
            String activated = block.relu(1, block.batchNorm(1, first, block.out(1), 1));
            String second = block.convolution(2, activated, 1);
            String residual = block.batchNorm(2, second, block.out(2), block.lastGamma());
            return block.sum(this, residual, from, from);
        }
    }

    @Test
    void oneClassIsEnoughForAWholeNetwork() {
        ResNetSpec published = ResNetSpec.cifar(8, Shortcut.A, 10);
        ResNet.LearningRule rule = new ResNet.LearningRule(new NoOp(), 0);
        ComputationGraphConfiguration open = ResNet.configuration(published, new OpenSum(), rule, 3, DataType.FLOAT);
        ComputationGraphConfiguration v1 = ResNet.configuration(published, rule, 3, DataType.FLOAT);

        assertThat(v1.getVertices().keySet())
                .containsAll(open.getVertices().keySet())
                .filteredOn(vertex -> !open.getVertices().containsKey(vertex))
                .containsExactly("stage1-block1-relu", "stage2-block1-relu", "stage3-block1-relu");
        ComputationGraph net = new ComputationGraph(open);
        net.init();
        assertThat(net.params()).isEqualTo(ResNet.create(published, 3).params());
        INDArray sum = net.feedForward(new INDArray[] {Nd4j.randn(DataType.FLOAT, 2, 3, 32, 32)}, false)
                .get("stage3-block1-add");
        assertThat(sum.shape()).containsExactly(2, 64, 8, 8);
        assertThat(sum.minNumber().floatValue()).isNegative();
    }

    @Test
    void defaultsAreThoseOfTorchsNetworks() {
        BlockDesign design = new OpenSum();

        assertThat(design.choice()).isEqualTo("open-sum");
        assertThat(design.torchName("conv1")).contains("conv1");
        assertThat(design.torchName("shortcut-bn")).contains("downsample.1");
        assertThat(design.torchName("shortcut-pool")).isEmpty();
    }

    @Test
    void theRemedyListsAllValuesAndTheirUses() {
        assertThat(Variant.remedy())
                .isEqualTo("Choose v1 for the paper's network, v1.5 for torchvision's, preact, d, or authors for the"
                        + " released files.");
        assertThat(Shortcut.remedy())
                .isEqualTo("Choose A or A-end for the paper's CIFAR networks, B for ImageNet, C for projections"
                        + " everywhere, none for a plain network.");
    }

    @Test
    void designsHaveUniqueNames() {
        assertThat(Stream.of(Variant.values()).map(Variant::toString)).doesNotHaveDuplicates();
        assertThat(Stream.of(Shortcut.values()).map(Shortcut::toString)).doesNotHaveDuplicates();
    }
}
