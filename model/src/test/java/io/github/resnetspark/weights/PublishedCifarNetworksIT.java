package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.onednn.OneDnn;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Independent check of the networks and the import: with public pretrained weights, CIFAR-10's test pictures give the published
 * number of errors and the stored logits of another implementation.
 */
class PublishedCifarNetworksIT {
    private static final int BATCH = 250;

    private static CifarTestBatch cifar;

    @BeforeAll
    static void unpackTheTestPictures() throws IOException {
        cifar = CifarTestBatch.unpacked();
    }

    @ParameterizedTest
    @CsvSource({"20, 827", "32, 737"})
    void reproducesThePublishedErrorsAndTheStoredLogits(int depth, int publishedErrors) throws IOException {
        Map<String, Tensor> weights = NpzFile.read(cifar.published("resnet" + depth + ".npz"));
        Tensor stored = NpyFile.read(cifar.published("resnet" + depth + "_test_logits.npy"));
        assertThat(stored.shape()).containsExactly(CifarTestBatch.PICTURES, 10);
        ComputationGraph network = TorchWeights.network(ResNetSpec.cifar(depth, Shortcut.A, 10), weights);

        int errors = 0;
        double largestDifference = 0;
        for (int first = 0; first < CifarTestBatch.PICTURES; first += BATCH) {
            float[][] logits =
                    logits(network, Nd4j.create(cifar.normalized(first, BATCH), new int[] {BATCH, 3, 32, 32}, 'c'));
            for (int i = 0; i < BATCH; i++) {
                float[] expected = Arrays.copyOfRange(stored.values(), (first + i) * 10, (first + i + 1) * 10);
                for (int label = 0; label < 10; label++) {
                    largestDifference = Math.max(largestDifference, Math.abs(logits[i][label] - expected[label]));
                }
                errors += CifarTestBatch.highest(logits[i]) == cifar.label(first + i) ? 0 : 1;
            }
        }

        assertThat(largestDifference).isLessThan(1e-3);
        assertThat(errors).isBetween(publishedErrors - 1, publishedErrors + 1);
    }

    @ParameterizedTest
    @CsvSource({"20, 827", "32, 737"})
    void predictsAsWellInBfloat16(int depth, int publishedErrors) throws IOException {
        assumeTrue(OneDnn.multiplies(Precision.BF16), "this CPU does not multiply bfloat16");
        Map<String, Tensor> weights = NpzFile.read(cifar.published("resnet" + depth + ".npz"));
        ResNetSpec spec = ResNetSpec.cifar(depth, Shortcut.A, 10);
        ComputationGraph network = ResNet.create(spec, 1, new AccelSettings(Acceleration.ONEDNN, Precision.BF16));
        network.setParams(TorchWeights.network(spec, weights).params());

        int errors = 0;
        for (int first = 0; first < CifarTestBatch.PICTURES; first += BATCH) {
            INDArray pictures = Nd4j.create(cifar.normalized(first, BATCH), new int[] {BATCH, 3, 32, 32}, 'c');
            float[][] probabilities = network.outputSingle(false, pictures).toFloatMatrix();
            for (int i = 0; i < BATCH; i++) {
                errors += CifarTestBatch.highest(probabilities[i]) == cifar.label(first + i) ? 0 : 1;
            }
        }

        // A tenth of a per cent of the pictures.
        assertThat(errors).isBetween(publishedErrors - 10, publishedErrors + 10);
    }

    /** The head's output before the softmax: [batch][10]. */
    private static float[][] logits(ComputationGraph network, INDArray pictures) {
        INDArray features = network.output(List.of(ResNet.FEATURES), false, new INDArray[] {pictures}, null)[0];
        INDArray weights = network.getLayer(ResNet.HEAD).getParam("W");
        INDArray bias = network.getLayer(ResNet.HEAD).getParam("b");
        return features.mmul(weights).addRowVector(bias).toFloatMatrix();
    }
}
