package io.github.resnetspark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import io.github.resnetspark.weights.CifarTestBatch;
import io.github.resnetspark.weights.NpzFile;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks at their published size, exported and run as a service would run them. */
class PublishedNetworksInOnnxRuntimeIT {
    private static final int BATCH = 500;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"NORMALIZED, KEPT", "PICTURES, FOLDED"})
    void resNet20ReproducesThePublishedErrors(InputForm input, BatchNormForm batchNorm)
            throws IOException, OrtException {
        CifarTestBatch cifar = CifarTestBatch.unpacked();
        ComputationGraph network = TorchWeights.network(
                ResNetSpec.cifar(20, Shortcut.A, 10), NpzFile.read(cifar.published("resnet20.npz")));
        Path file = directory.resolve("model.onnx");
        OnnxModel.write(
                network,
                file,
                new OnnxOptions(
                        Preprocessing.of(32, Normalization.IMAGENET), input, OutputForm.PROBABILITIES, batchNorm));

        int errors = 0;
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            for (int first = 0; first < CifarTestBatch.PICTURES; first += BATCH) {
                float[][] probabilities = run(session, input, cifar, first);
                for (int i = 0; i < BATCH; i++) {
                    errors += CifarTestBatch.highest(probabilities[i]) == cifar.label(first + i) ? 0 : 1;
                }
            }
        }

        assertThat(errors).isBetween(826, 828);
    }

    @Test
    void resNet50ComputesTheSameAtFullSize() throws IOException {
        ComputationGraph network = ResNet.create(ResNetSpec.imageNet(50, 1000), 1);
        Path file = directory.resolve("model.onnx");

        OnnxModel.write(network, file, OnnxOptions.asTrained(Preprocessing.of(224, Normalization.IMAGENET)));

        // 25.6 million parameters and the running statistics of batch normalisation, four bytes each.
        assertThat(file).exists();
        assertThat(file.toFile().length()).isBetween(102_440_000L, 102_700_000L);
    }

    @Test
    void resNet50ComputesTheSameOnRealPictures() throws IOException {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(data != null, "RESNET_SPARK_TEST_DATA is not set: no real pictures to compare on");
        List<RgbImage> pictures;
        try (Stream<Path> files = Files.list(Path.of(data, "imagenet/imagenette-small/val/n01440764"))) {
            pictures = files.sorted().limit(6).map(this::decoded).toList();
        }
        Preprocessing preprocessing = Preprocessing.of(224, Normalization.IMAGENET);
        Path file = directory.resolve("model.onnx");

        OnnxModel.write(
                ResNet.create(ResNetSpec.imageNet(50, 1000), 1),
                file,
                new OnnxOptions(preprocessing, InputForm.PICTURES, OutputForm.LOGITS, BatchNormForm.FOLDED),
                pictures);

        assertThat(file).exists();
    }

    private RgbImage decoded(Path picture) {
        try {
            return new ImageCodec().decode(Files.readAllBytes(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[][] run(OrtSession session, InputForm form, CifarTestBatch cifar, int first)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = form == InputForm.PICTURES
                        ? OnnxTensor.createTensor(
                                environment,
                                ByteBuffer.wrap(cifar.bytes(first, BATCH)),
                                new long[] {BATCH, 32, 32, 3},
                                OnnxJavaType.UINT8)
                        : OnnxTensor.createTensor(
                                environment,
                                FloatBuffer.wrap(cifar.normalized(first, BATCH)),
                                new long[] {BATCH, 3, 32, 32});
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            return (float[][]) result.get("probabilities").orElseThrow().getValue();
        }
    }
}
