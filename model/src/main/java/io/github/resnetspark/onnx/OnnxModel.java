package io.github.resnetspark.onnx;

import io.github.resnetspark.file.AtomicWrite;
import io.github.resnetspark.image.RgbImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Writes a network as an ONNX model and verifies it against ONNX Runtime. */
public final class OnnxModel {
    /** The newest operator set that the oldest servers in use support. */
    private static final int OPERATOR_SET = 13;

    private static final int FORMAT_VERSION = 7;

    private OnnxModel() {}

    /**
     * Writes the model, runs it in ONNX Runtime and compares the results with the network's for generated pictures.
     *
     * @param network built by this project; not changed
     * @param file replaced if it exists; written beside its final location and then renamed
     * @throws OnnxException if the network has a vertex that is not supported, or if the model's results differ from
     *     the network's; no file is written then
     */
    public static void write(ComputationGraph network, Path file, OnnxOptions options) throws IOException {
        write(
                network,
                file,
                options,
                ComparisonPictures.of(options.preprocessing().inputSize()));
    }

    /**
     * The same, with the given pictures for the comparison.
     *
     * @param pictures at least one, all of the network's input size
     */
    public static void write(ComputationGraph network, Path file, OnnxOptions options, List<RgbImage> pictures)
            throws IOException {
        try (AtomicWrite write = AtomicWrite.to(file)) {
            writeUnchecked(network, write.aside(), options);
            new RuntimeComparison(network, options).require(write.aside(), pictures);
            write.commit();
        }
    }

    /** A separate method, so that the model can be freed before another copy of it is compared. */
    private static void writeUnchecked(ComputationGraph network, Path file, OnnxOptions options) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(FORMAT_VERSION)
                .setProducerName("resnet-spark")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(new NetworkExport(network, options).graph())
                .build();
        try (OutputStream out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }
}
