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

/** Writes a network as an ONNX model that was seen to compute the same. */
public final class OnnxModel {
    /** The newest operators that the oldest servers in use know. */
    private static final int OPERATOR_SET = 13;

    private static final int FORMAT_VERSION = 7;

    private OnnxModel() {}

    /**
     * Writes the model and compares it with the network in ONNX Runtime, on pictures drawn for the purpose.
     *
     * @param network of this project's own making; its parameters are read, nothing is changed
     * @param file which is replaced if it is there; written beside its place, then renamed
     * @throws OnnxException if the network holds a vertex that has no form in ONNX, or if the model does not compute what
     *     the network does; there is no file then
     */
    public static void write(ComputationGraph network, Path file, OnnxOptions options) throws IOException {
        write(
                network,
                file,
                options,
                ComparisonPictures.of(options.preprocessing().inputSize()));
    }

    /**
     * The same, compared on pictures of the caller's choice.
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

    /** On its own, so that the model need not stay in memory while another copy of it is compared. */
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
