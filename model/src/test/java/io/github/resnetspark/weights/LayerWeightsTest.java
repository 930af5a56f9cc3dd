package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class LayerWeightsTest {
    private final ComputationGraph from = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 10), 1);

    @Test
    void copiesAllLayersOfTheSameNetwork() {
        from.getLayer("stem-bn").getParam("mean").assign(3);
        ComputationGraph to = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 10), 2);

        assertThat(LayerWeights.copyMatching(from, to)).isEmpty();
        assertThat(to.params()).isEqualTo(from.params());
    }

    @Test
    void aHeadForOtherClassesKeepsItsOwnWeights() {
        ComputationGraph to = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 5), 2);
        INDArray head = to.getLayer("fc").getParam("W").dup();

        assertThat(LayerWeights.copyMatching(from, to)).containsExactly("fc");
        assertThat(to.getLayer("fc").getParam("W")).isEqualTo(head);
        assertThat(to.getLayer("stage3-block1-conv2").getParam("W"))
                .isEqualTo(from.getLayer("stage3-block1-conv2").getParam("W"));
    }

    @Test
    void namesTheLayersThatTheOtherNetworkLacks() {
        ComputationGraph to = ResNet.create(ResNetSpec.cifar(8, Shortcut.B, 10), 2);

        assertThat(LayerWeights.copyMatching(from, to))
                .containsExactlyInAnyOrder(
                        "stage2-block1-shortcut-conv",
                        "stage2-block1-shortcut-bn",
                        "stage3-block1-shortcut-conv",
                        "stage3-block1-shortcut-bn");
    }
}
