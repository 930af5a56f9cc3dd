package io.github.resnetspark.onnx;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * One model in the model repository of a Triton Inference Server: {@code config.pbtxt}, labels, and one numbered
 * version.
 */
public final class TritonModel {
    /** The largest batch that the server collects from several callers. */
    private static final int LARGEST_BATCH = 64;

    private TritonModel() {}

    /**
     * Writes the files of {@code <repository>/<name>}.
     *
     * @param directory an existing, empty directory, which is to be called {@code name} in the repository
     * @param name by which clients request the model
     * @param version at least 1
     * @param labels in the order of the outputs; the server adds them to its answers
     * @throws OnnxException if the model cannot be written
     */
    public static void write(
            Path directory,
            String name,
            int version,
            List<String> labels,
            ComputationGraph network,
            OnnxOptions options)
            throws IOException {
        Path versionDirectory = Files.createDirectory(directory.resolve(Integer.toString(version)));
        OnnxModel.write(network, versionDirectory.resolve("model.onnx"), options);
        Files.writeString(directory.resolve("config.pbtxt"), configuration(name, labels.size(), options));
        Files.writeString(directory.resolve("labels.txt"), String.join("\n", labels) + "\n");
        Files.writeString(
                directory.resolve("preprocessing.json"), options.preprocessing().toJson());
    }

    private static String configuration(String name, int classes, OnnxOptions options) {
        int side = options.preprocessing().inputSize();
        boolean pictures = options.input() == InputForm.PICTURES;
        return String.format(
                Locale.ROOT,
                """
                name: "%s"
                platform: "onnxruntime_onnx"
                max_batch_size: %d
                input [
                  {
                    name: "%s"
                    data_type: %s
                    dims: [ %s ]
                  }
                ]
                output [
                  {
                    name: "%s"
                    data_type: TYPE_FP32
                    dims: [ %d ]
                    label_filename: "labels.txt"
                  }
                ]
                dynamic_batching { }
                """,
                name,
                LARGEST_BATCH,
                pictures ? InputNodes.PICTURES : InputNodes.NORMALIZED,
                pictures ? "TYPE_UINT8" : "TYPE_FP32",
                pictures
                        ? side + ", " + side + ", " + RgbImage.CHANNELS
                        : RgbImage.CHANNELS + ", " + side + ", " + side,
                options.output() == OutputForm.LOGITS ? LayerNodes.LOGITS : LayerNodes.PROBABILITIES,
                classes);
    }
}
