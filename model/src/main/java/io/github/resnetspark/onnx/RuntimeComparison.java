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
import io.github.resnetspark.message.model.OnnxFailures;
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

/** Runs an ONNX model in ONNX Runtime and compares its logits with the network's. */
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
     * Fails if the model computes something else.
     *
     * @param pictures of the model's input size; the first one forms a batch alone and the others form a second batch,
     *     because any batch size must work
     * @throws OnnxException for the reasons of {@link #compare}, or if the logits differ
     */
    void require(Path file, List<RgbImage> pictures) throws IOException {
        compare(file, pictures).require();
    }

    /**
     * Compares a model with the network.
     *
     * @param pictures see {@link #require}
     * @throws OnnxException if ONNX Runtime cannot run the file, or if the model has other inputs or outputs
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
            throw new OnnxException(OnnxFailures.runtimeFailed(e.getMessage()), e);
        } catch (LinkageError e) {
            throw new OnnxException(OnnxFailures.runtimeNotLoaded(String.valueOf(e.getMessage())), e);
        }
    }

    private static void requireSameShape(float[][] expected, float[][] found) throws OnnxException {
        int classes = expected[0].length;
        for (float[] logits : found) {
            if (logits.length != classes) {
                throw new OnnxException(OnnxFailures.logitCount(logits.length, classes));
            }
        }
        if (found.length != expected.length) {
            throw new OnnxException(OnnxFailures.pictureCount(found.length, expected.length));
        }
    }

    /** The network's logits, {@code [pictures][classes]}. */
    float[][] logits(List<RgbImage> pictures) {
        return ofNetwork(normalized(pictures), pictures.size());
    }

    /** The model with its logits as an additional output if it ends with the softmax. */
    private static byte[] withLogits(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ModelProto.Builder model = ModelProto.parseFrom(in).toBuilder();
            if (model.getGraph().getInputCount() == 0 || model.getGraph().getOutputCount() == 0) {
                throw new OnnxException(OnnxFailures.noInputOrOutput());
            }
            var declared = model.getGraph().getOutput(0);
            if (!declared.getName().equals(LayerNodes.LOGITS)) {
                var shape = declared.getType().getTensorType().getShape();
                if (shape.getDimCount() != 2) {
                    throw new OnnxException(OnnxFailures.outputRank(declared.getName(), shape.getDimCount()));
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
        // The pictures already have this side, so they are only normalised.
        Preprocessing preprocessing =
                new Preprocessing(side, side, options.preprocessing().normalization());
        EvaluationTransform transform = new EvaluationTransform(preprocessing);
        float[] batch = new float[pictures.size() * preprocessing.inputLength()];
        for (int i = 0; i < pictures.size(); i++) {
            transform.apply(pictures.get(i), batch, i * preprocessing.inputLength());
        }
        return batch;
    }

    /** The output of the head before the softmax. */
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
            throw new OnnxException(OnnxFailures.logitType(logits.getInfo().toString()));
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
