package io.github.resnetspark.onnx;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Compares the other forms of a model with its network, by their logits for generated pictures. */
public final class FormComparison {
    private final ComputationGraph network;
    private final Preprocessing preprocessing;
    private final List<RgbImage> pictures;

    /** @param network built by this project; not changed */
    public FormComparison(ComputationGraph network, Preprocessing preprocessing) {
        this.network = network;
        this.preprocessing = preprocessing;
        this.pictures = ComparisonPictures.of(preprocessing.inputSize());
    }

    /** How another network with the same classes differs; empty if it does not. */
    public Optional<String> difference(ComputationGraph other) {
        LogitComparison comparison = new LogitComparison();
        comparison.add(logits(network), logits(other));
        return comparison.difference();
    }

    /**
     * The same for an ONNX model with any input form.
     *
     * @throws IOException if ONNX Runtime cannot run it
     */
    public Optional<String> difference(Path onnx) throws IOException {
        return new RuntimeComparison(network, options(input(onnx)))
                .compare(onnx, pictures)
                .difference();
    }

    private float[][] logits(ComputationGraph of) {
        return new RuntimeComparison(of, options(InputForm.NORMALIZED)).logits(pictures);
    }

    private OnnxOptions options(InputForm input) {
        return new OnnxOptions(preprocessing, input, OutputForm.LOGITS, BatchNormForm.KEPT);
    }

    private static InputForm input(Path onnx) throws IOException {
        try (InputStream in = Files.newInputStream(onnx)) {
            ModelProto model = ModelProto.parseFrom(in);
            boolean pictures = model.getGraph().getInputList().stream()
                    .anyMatch(value -> value.getName().equals(InputNodes.PICTURES));
            return pictures ? InputForm.PICTURES : InputForm.NORMALIZED;
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxException(OnnxFailures.notOnnx(onnx.toString(), e.getMessage()), e);
        }
    }
}
