package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Properties of every kind of network. */
class EveryNetworkIT {
    private static final ResNet.LearningRule NO_RULE = new ResNet.LearningRule(new NoOp(), 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#small")
    void computesWhatThePapersSay(ResNetSpec spec) {
        ComputationGraph network = EveryNetwork.trainedLooking(ResNet.create(spec, NO_RULE, 3, DataType.DOUBLE));
        int size = spec.input();
        double[][][] picture = new double[3][size][size];
        INDArray array = Nd4j.create(DataType.DOUBLE, 1, 3, size, size);
        Random random = new Random(8);
        for (int channel = 0; channel < 3; channel++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    picture[channel][row][column] = random.nextGaussian();
                    array.putScalar(new int[] {0, channel, row, column}, picture[channel][row][column]);
                }
            }
        }

        assertThat(network.outputSingle(array).toDoubleVector())
                .containsExactly(new PaperNetwork(spec, network).probabilities(picture), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#small")
    void isTheSameAfterSavingAndLoadingWithDl4jAlone(ResNetSpec spec) throws Exception {
        ComputationGraph network = EveryNetwork.trainedLooking(ResNet.create(spec, 3));
        Nd4j.getRandom().setSeed(4);
        INDArray pictures = Nd4j.randn(DataType.FLOAT, 2, 3, spec.input(), spec.input());
        ModelSerializer.writeModel(network, folder.resolve("net.zip").toFile(), false);

        ComputationGraph loaded = ModelSerializer.restoreComputationGraph(
                folder.resolve("net.zip").toFile());

        assertThat(loaded.params()).isEqualTo(network.params());
        assertThat(loaded.getConfiguration().toJson()).doesNotContain("resnetspark");
        INDArray difference = loaded.outputSingle(pictures).sub(network.outputSingle(pictures));
        assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-5);
        network.close();
    }

    /** The network is initialised, because without parameters DL4J treats batch-norm's variances as logarithms. */
    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#small")
    void isTheSameConfigurationAfterJson(ResNetSpec spec) {
        ComputationGraph network = ResNet.create(spec, 3);
        ComputationGraphConfiguration configuration = network.getConfiguration();

        assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
                .isEqualTo(configuration);
        network.close();
    }

    @Test
    void theDeepestPublishedNetworkIsDescribedQuickly() {
        long before = System.nanoTime();

        LayerTable table = LayerTable.of(ResNetSpec.cifar(1202, Shortcut.A, 10));

        assertThat(table.stages()).extracting(LayerTable.StageRow::layers).containsExactly(1, 400, 400, 400, 1);
        assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
    }
}
