package io.github.resnetspark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.resnet.ResNet;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.resnet.Shortcut;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tukaani.xz.XZInputStream;

/**
 * Independent proof of the networks and of the import: public pretrained weights on CIFAR-10's test pictures make the
 * published number of errors and the logits that another implementation stored.
 */
class PublishedCifarNetworksIT {
    private static final int PICTURES = 10_000;
    private static final int PIXELS = 32 * 32;
    private static final int RECORD = 1 + 3 * PIXELS;
    private static final int BATCH = 250;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private static Path data;
    private static byte[] records;

    @BeforeAll
    static void unpackTheTestPictures() throws IOException {
        String folder = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(folder != null, "RESNET_SPARK_TEST_DATA is not set: no published networks to compare with");
        data = Path.of(folder);
        records = testBatch(data.resolve("cifar10/cifar-10-binary.tar.xz"));
    }

    @ParameterizedTest
    @CsvSource({"20, 827", "32, 737"})
    void makesThePublishedErrorsAndTheStoredLogits(int depth, int publishedErrors) throws IOException {
        Map<String, Tensor> weights = NpzFile.read(data.resolve("cifar10-weights/resnet" + depth + ".npz"));
        Tensor stored = NpyFile.read(data.resolve("cifar10-weights/resnet" + depth + "_test_logits.npy"));
        assertThat(stored.shape()).containsExactly(PICTURES, 10);
        ComputationGraph network = TorchWeights.network(ResNetSpec.cifar(depth, Shortcut.A, 10), weights);

        int errors = 0;
        double largestDifference = 0;
        for (int first = 0; first < PICTURES; first += BATCH) {
            float[][] logits = logits(network, pictures(first));
            for (int i = 0; i < BATCH; i++) {
                float[] expected = Arrays.copyOfRange(stored.values(), (first + i) * 10, (first + i + 1) * 10);
                for (int label = 0; label < 10; label++) {
                    largestDifference = Math.max(largestDifference, Math.abs(logits[i][label] - expected[label]));
                }
                errors += highest(logits[i]) == records[(first + i) * RECORD] ? 0 : 1;
            }
        }

        assertThat(largestDifference).isLessThan(1e-3);
        assertThat(errors).isBetween(publishedErrors - 1, publishedErrors + 1);
    }

    /** What the head gives before the softmax: [batch][10]. */
    private static float[][] logits(ComputationGraph network, INDArray pictures) {
        INDArray features =
                network.feedForward(new INDArray[] {pictures}, false).get(ResNet.FEATURES);
        INDArray weights = network.getLayer(ResNet.HEAD).getParam("W");
        INDArray bias = network.getLayer(ResNet.HEAD).getParam("b");
        return features.mmul(weights).addRowVector(bias).toFloatMatrix();
    }

    /** Normalised pictures [BATCH, 3, 32, 32] from the one at {@code first} on. */
    private static INDArray pictures(int first) {
        float[] values = new float[BATCH * 3 * PIXELS];
        for (int i = 0; i < BATCH; i++) {
            for (int j = 0; j < 3 * PIXELS; j++) {
                int channel = j / PIXELS;
                float pixel = (records[(first + i) * RECORD + 1 + j] & 0xff) / 255f;
                values[i * 3 * PIXELS + j] = (pixel - MEAN[channel]) / DEVIATION[channel];
            }
        }
        return Nd4j.create(values, new int[] {BATCH, 3, 32, 32}, 'c');
    }

    private static int highest(float... logits) {
        int highest = 0;
        for (int label = 1; label < logits.length; label++) {
            highest = logits[label] > logits[highest] ? label : highest;
        }
        return highest;
    }

    private static byte[] testBatch(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (ArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith("/test_batch.bin")) {
                    return tar.readNBytes(PICTURES * RECORD);
                }
            }
        }
        throw new IOException(archive + " holds no test_batch.bin");
    }
}
