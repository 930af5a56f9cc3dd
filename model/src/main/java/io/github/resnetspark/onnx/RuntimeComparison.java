package io.github.resnetspark.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.resnetspark.image.EvaluationTransform;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a written model in ONNX Runtime and compares its logits with the network's own. */
final class RuntimeComparison {
    private final ComputationGraph network;
    private final OnnxOptions options;
    private final int side;

    RuntimeComparison(ComputationGraph network, OnnxOptions options) {
        this.network = network;
        this.options = options;
        this.side = options.preprocessing().inputSize();
    }

    /**
     * Refuses a model that computes something else.
     *
     * @param pictures of the model's input size; the first is given alone and the others together, for any batch must do
     * @throws OnnxException as {@link #compare}, or if the logits differ
     */
    void require(Path file, List<RgbImage> pictures) throws IOException {
        compare(file, pictures).require();
    }

    /**
     * Compares a model with the network.
     *
     * @param pictures as of {@link #require}
     * @throws OnnxException if ONNX Runtime cannot run the file, or it is a model with other inputs or outputs
     */
    LogitComparison compare(Path file, List<RgbImage> pictures) throws IOException {
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(withLogits(file), settings)) {
            LogitComparison comparison = new LogitComparison();
            List<List<RgbImage>> batches = pictures.size() == 1
                    ? List.of(pictures)
                    : List.of(pictures.subList(0, 1), pictures.subList(1, pictures.size()));
            for (List<RgbImage> batch : batches) {
                float[] normalized = normalized(batch);
                float[][] expected = ofNetwork(normalized, batch.size());
                float[][] found = ofRuntime(session, batch, normalized);
                requireSameShape(expected, found);
                comparison.add(expected, found);
            }
            return comparison;
        } catch (OrtException e) {
            throw new OnnxException(
                    "ONNX Runtime cannot run the exported model (" + e.getMessage()
                            + "). Use the DL4J file of this model instead.",
                    e);
        } catch (LinkageError e) {
            throw new OnnxException(
                    "ONNX Runtime's native library cannot be loaded (" + e.getMessage()
                            + "), so the exported model cannot be checked. Export on 64-bit Linux on x86, and give Java a"
                            + " folder for temporary files that is writable and not mounted noexec:"
                            + " -Djava.io.tmpdir=FOLDER.",
                    e);
        }
    }

    private static void requireSameShape(float[][] expected, float[][] found) throws OnnxException {
        int classes = expected[0].length;
        for (float[] logits : found) {
            if (logits.length != classes) {
                throw new OnnxException("The ONNX model gives " + logits.length
                        + " logits for a picture but the network " + classes + ". Export the model again.");
            }
        }
        if (found.length != expected.length) {
            throw new OnnxException("The ONNX model gives logits for " + found.length + " pictures where it got "
                    + expected.length + ". Export the model again.");
        }
    }

    /** What the network itself gives, {@code [pictures][classes]}. */
    float[][] logits(List<RgbImage> pictures) {
        return ofNetwork(normalized(pictures), pictures.size());
    }

    /** The file's model, whose logits can be asked for even where it ends with the softmax. */
    private static byte[] withLogits(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ModelProto.Builder model = ModelProto.parseFrom(in).toBuilder();
            if (model.getGraph().getInputCount() == 0 || model.getGraph().getOutputCount() == 0) {
                throw new OnnxException("The ONNX model has no input or no output. Export the model again.");
            }
            var declared = model.getGraph().getOutput(0);
            if (!declared.getName().equals(LayerNodes.LOGITS)) {
                var shape = declared.getType().getTensorType().getShape();
                if (shape.getDimCount() != 2) {
                    throw new OnnxException("The ONNX model's output " + declared.getName() + " has "
                            + shape.getDimCount() + " dimensions but a classifier's has 2. Export the model again.");
                }
                long classes = shape.getDim(1).getDimValue();
                model.getGraphBuilder()
                        .addOutput(OnnxGraphBuilder.value(LayerNodes.LOGITS, DataType.FLOAT, "", classes));
            }
            return model.build().toByteArray();
        }
    }

    /** {@code [pictures, 3, S, S]}. */
    private float[] normalized(List<RgbImage> pictures) {
        // Scaled to the side that they have, so only normalised.
        Preprocessing preprocessing =
                new Preprocessing(side, side, options.preprocessing().normalization());
        EvaluationTransform transform = new EvaluationTransform(preprocessing);
        float[] batch = new float[pictures.size() * preprocessing.inputLength()];
        for (int i = 0; i < pictures.size(); i++) {
            transform.apply(pictures.get(i), batch, i * preprocessing.inputLength());
        }
        return batch;
    }

    /** What the head gives before the softmax. */
    private float[][] ofNetwork(float[] normalized, int pictures) {
        String head = network.getConfiguration().getNetworkOutputs().get(0);
        String features = network.getConfiguration().getVertexInputs().get(head).get(0);
        INDArray input = Nd4j.create(normalized, new int[] {pictures, RgbImage.CHANNELS, side, side}, 'c');
        INDArray pooled = network.output(List.of(features), false, new INDArray[] {input}, null)[0];
        INDArray logits = pooled.mmul(network.getLayer(head).getParam("W"));
        INDArray bias = network.getLayer(head).getParam("b");
        return (bias == null ? logits : logits.addRowVector(bias)).toFloatMatrix();
    }

    private float[][] ofRuntime(OrtSession session, List<RgbImage> pictures, float[] normalized)
            throws OrtException, OnnxException {
        String name = session.getInputNames().iterator().next();
        try (OnnxTensor input = input(pictures, normalized);
                OrtSession.Result result = session.run(Map.of(name, input))) {
            OnnxValue logits = result.get(LayerNodes.LOGITS).orElseThrow();
            if (logits.getValue() instanceof float[][] values) {
                return values;
            }
            throw new OnnxException("The ONNX model's logits are " + logits.getInfo()
                    + " but must be float32, [pictures, classes]." + " Export the model again.");
        }
    }

    private OnnxTensor input(List<RgbImage> pictures, float[] normalized) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return switch (options.input()) {
            case NORMALIZED ->
                OnnxTensor.createTensor(environment, FloatBuffer.wrap(normalized), new long[] {
                    pictures.size(), RgbImage.CHANNELS, side, side
                });
            case PICTURES ->
                OnnxTensor.createTensor(
                        environment,
                        bytes(pictures),
                        new long[] {pictures.size(), side, side, RgbImage.CHANNELS},
                        OnnxJavaType.UINT8);
        };
    }

    private ByteBuffer bytes(List<RgbImage> pictures) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(pictures.size() * side * side * RgbImage.CHANNELS)
                .order(ByteOrder.nativeOrder());
        pictures.forEach(picture -> bytes.put(picture.pixels()));
        return bytes.flip();
    }
}
