package io.github.resnetspark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.EveryNetwork;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class OnnxModelTest {
    private static final ResNetSpec CIFAR_A = ResNetSpec.cifar(20, Shortcut.A, 10);
    private static final ResNetSpec CIFAR_B = ResNetSpec.cifar(20, Shortcut.B, 10);
    private static final ResNetSpec WITHOUT_BATCH_NORM =
            new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, false, false, 10, 32);

    @TempDir
    private Path directory;

    static Stream<Arguments> everyNetworkInEveryForm() {
        Stream<ResNetSpec> published =
                Stream.of(CIFAR_A, imageNet(18, Block.BASIC, Variant.V1_5), EveryNetwork.released());
        return Stream.concat(published, EveryNetwork.small())
                .flatMap(spec -> Stream.of(
                        Arguments.of(spec, InputForm.NORMALIZED, OutputForm.PROBABILITIES, BatchNormForm.KEPT),
                        Arguments.of(spec, InputForm.PICTURES, OutputForm.LOGITS, BatchNormForm.FOLDED)));
    }

    @ParameterizedTest
    @MethodSource("everyNetworkInEveryForm")
    void computesTheSameAsTheNetwork(ResNetSpec spec, InputForm input, OutputForm output, BatchNormForm batchNorm)
            throws IOException, OrtException {
        ComputationGraph network = TrainedLooking.network(spec);
        Path file = directory.resolve("model.onnx");

        // Fails in its own comparison if the results differ.
        OnnxModel.write(network, file, new OnnxOptions(preprocessing(spec), input, output, batchNorm));

        assertThat(directory.toFile().list()).containsExactly("model.onnx");
        byte[] pictures = pictures(3, spec.input());
        float[][] found = run(file, input, output, pictures, 3, spec.input());
        float[][] expected =
                network.outputSingle(normalized(pictures, 3, spec.input())).toFloatMatrix();
        for (int i = 0; i < 3; i++) {
            float[] probabilities = output == OutputForm.LOGITS ? softmax(found[i]) : found[i];
            for (int label = 0; label < spec.classes(); label++) {
                assertThat(probabilities[label]).isEqualTo(expected[i][label], within(1e-4f));
            }
        }
    }

    @Test
    void namesValuesAfterTheVertices() throws IOException {
        ModelProto model = written(CIFAR_A, BatchNormForm.KEPT);

        assertThat(model.getIrVersion()).isEqualTo(7);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getName)
                .startsWith("stem-conv", "stem-bn", "stem-relu", "stage1-block1-conv1")
                .endsWith("pool-mean", "pool", "fc", "fc-softmax");
        assertThat(model.getGraph().getInput(0).getName()).isEqualTo("input");
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("probabilities");
        assertThat(model.getGraph().getInitializerList())
                .extracting(tensor -> tensor.getName())
                .contains("stem-conv.weight", "stem-bn.running_var", "stage3-block1-shortcut-padded.pads", "fc.bias");
    }

    @Test
    void padsWithZeroChannelsInsteadOfComputingThem() throws IOException {
        ModelProto model = written(CIFAR_A, BatchNormForm.KEPT);

        assertThat(model.getGraph().getNodeList())
                .filteredOn(node -> node.getName().startsWith("stage2-block1-shortcut"))
                .extracting(NodeProto::getOpType)
                .containsExactly("MaxPool", "Pad");
    }

    @Test
    void leavesNoBatchNormalizationIfItIsFolded() throws IOException {
        ModelProto model = written(CIFAR_B, BatchNormForm.FOLDED);

        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .containsOnly("Conv", "Relu", "Add", "GlobalAveragePool", "Flatten", "Gemm", "Softmax");
    }

    @Test
    void writesTheSameBytesEachTime() throws IOException {
        assertThat(written(CIFAR_B, BatchNormForm.KEPT)).isEqualTo(written(CIFAR_B, BatchNormForm.KEPT));
    }

    @Test
    void namesAVertexThatIsNotSupported() {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .addVertex("unit", new L2NormalizeVertex(), "input")
                .addLayer(
                        "fc",
                        new OutputLayer.Builder(new LossMCXENT())
                                .nIn(4)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "unit")
                .setOutputs("fc")
                .build());
        network.init();

        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(() -> OnnxModel.write(
                        network, directory.resolve("model.onnx"), OnnxOptions.asTrained(preprocessing(CIFAR_A))))
                .withMessage(OnnxFailures.unsupportedVertex("unit", "L2NormalizeVertex"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesANetworkWhoseLogitsAreNaN() {
        ComputationGraph network = ResNet.create(WITHOUT_BATCH_NORM, 1);
        network.getLayer("fc").getParam("b").putScalar(3, Float.NaN);

        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(() -> OnnxModel.write(
                        network,
                        directory.resolve("model.onnx"),
                        OnnxOptions.asTrained(preprocessing(WITHOUT_BATCH_NORM))))
                .withMessage(OnnxFailures.networkNotFinite());
        assertThat(directory).isEmptyDirectory();
    }

    private ModelProto written(ResNetSpec spec, BatchNormForm batchNorm) throws IOException {
        Path file = directory.resolve("model.onnx");
        OnnxOptions options =
                new OnnxOptions(preprocessing(spec), InputForm.NORMALIZED, OutputForm.PROBABILITIES, batchNorm);
        OnnxModel.write(TrainedLooking.network(spec), file, options);
        try (InputStream in = Files.newInputStream(file)) {
            return ModelProto.parseFrom(in);
        }
    }

    private static ResNetSpec imageNet(int depth, Block block, Variant variant) {
        return new ResNetSpec(Family.IMAGENET, depth, block, variant, Shortcut.B, true, false, 7, 64);
    }

    private static Preprocessing preprocessing(ResNetSpec spec) {
        return Preprocessing.of(spec.input(), Normalization.IMAGENET);
    }

    /** {@code [count, S, S, 3]}. */
    private static byte[] pictures(int count, int side) {
        byte[] pictures = new byte[count * side * side * 3];
        new Random(7).nextBytes(pictures);
        return pictures;
    }

    private static INDArray normalized(byte[] pictures, int count, int side) {
        return Nd4j.create(normalizedValues(pictures, side), new int[] {count, 3, side, side}, 'c');
    }

    private static float[] normalizedValues(byte[] pictures, int side) {
        int plane = side * side;
        float[] mean = Normalization.IMAGENET.mean();
        float[] std = Normalization.IMAGENET.std();
        float[] values = new float[pictures.length];
        for (int i = 0; i < pictures.length; i++) {
            int channel = i % 3;
            int pixel = i / 3 % plane;
            int picture = i / 3 / plane;
            values[(picture * 3 + channel) * plane + pixel] =
                    ((pictures[i] & 0xff) / 255f - mean[channel]) / std[channel];
        }
        return values;
    }

    private static float[][] run(Path file, InputForm form, OutputForm output, byte[] pictures, int count, int side)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        String inputName = form == InputForm.PICTURES ? "pictures" : "input";
        String outputName = output == OutputForm.LOGITS ? "logits" : "probabilities";
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input = form == InputForm.PICTURES
                        ? OnnxTensor.createTensor(
                                environment,
                                ByteBuffer.allocateDirect(pictures.length)
                                        .order(ByteOrder.nativeOrder())
                                        .put(pictures)
                                        .flip(),
                                new long[] {count, side, side, 3},
                                OnnxJavaType.UINT8)
                        : OnnxTensor.createTensor(
                                environment,
                                FloatBuffer.wrap(normalizedValues(pictures, side)),
                                new long[] {count, 3, side, side});
                OrtSession.Result result = session.run(Map.of(inputName, input))) {
            return (float[][]) result.get(outputName).orElseThrow().getValue();
        }
    }

    private static float[] softmax(float... logits) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = (float) (Math.exp(logits[i] - largest) / sum);
        }
        return probabilities;
    }
}
