package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a network cannot be written as ONNX, or an ONNX model cannot be compared with its network. */
public final class OnnxFailures {
    private static final String OWN_NETWORK = " Export a network that train or import wrote.";
    private static final String EXPORT_AGAIN = " Export the model again.";
    private static final String USE_DL4J = " Use the DL4J file of this model instead.";

    private OnnxFailures() {}

    public static String inputName(String found, String expected) {
        return "The network's input is called '" + ShownText.start(found) + "', not '" + expected + "'." + OWN_NETWORK;
    }

    /** The plural {@code what} names the values, e.g. {@code inputs}. */
    public static String notExactlyOne(String what, List<String> names) {
        return "The network has " + names.size() + " " + what + " ["
                + ShownText.first(names.stream().map(ShownText::start).toList())
                + "], but only a network with exactly one can be written as ONNX." + OWN_NETWORK;
    }

    /** The text {@code what} names the type of the vertex and what is special about it. */
    public static String unsupportedVertex(String name, String what) {
        return "The vertex '" + ShownText.start(name) + "' (" + ShownText.clause(what) + ") cannot be written as ONNX."
                + OWN_NETWORK;
    }

    public static String notOnnx(String file, String cause) {
        return file + " is not an ONNX model (" + ShownText.clause(cause) + ")." + EXPORT_AGAIN;
    }

    public static String networkNotFinite() {
        return "The network's logits are NaN or infinite, so the exported model cannot be verified: training diverged or the"
                + " weights are damaged. Train or import the network again.";
    }

    /** The {@code reason} is one of {@link OnnxReasons}. */
    public static String differs(String reason) {
        return "The exported model does not compute the same as the network: " + reason + "." + USE_DL4J;
    }

    public static String runtimeFailed(String cause) {
        return "ONNX Runtime cannot run the exported model (" + ShownText.clause(cause) + ")." + USE_DL4J;
    }

    public static String runtimeNotLoaded(String cause) {
        return "ONNX Runtime's native library cannot be loaded (" + ShownText.clause(cause)
                + "), so the exported model cannot be verified. Export on 64-bit x86 Linux. Give Java a folder for temporary"
                + " files that is writable and not mounted noexec: -Djava.io.tmpdir=FOLDER.";
    }

    public static String logitCount(int found, int classes) {
        return "The ONNX model returns " + found + " logits for a picture, but the network has " + classes + " classes."
                + EXPORT_AGAIN;
    }

    public static String pictureCount(int found, int given) {
        return "The ONNX model returns logits for " + found + " pictures, but was given " + given + "." + EXPORT_AGAIN;
    }

    public static String noInputOrOutput() {
        return "The ONNX model has no input or no output." + EXPORT_AGAIN;
    }

    public static String outputRank(String output, int dimensions) {
        return "The output '" + ShownText.start(output) + "' of the ONNX model has " + dimensions
                + " dimensions, but that of a classifier has 2." + EXPORT_AGAIN;
    }

    /** ONNX Runtime describes the type and shape that it {@code found}. */
    public static String logitType(String found) {
        return "The logits of the ONNX model are " + ShownText.start(found)
                + " but must be float32 of the shape [pictures, classes]." + EXPORT_AGAIN;
    }
}
