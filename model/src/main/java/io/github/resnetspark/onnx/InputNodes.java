package io.github.resnetspark.onnx;

import static io.github.resnetspark.onnx.OnnxGraphBuilder.attribute;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.RgbImage;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;

/** The nodes from the model's input to the value {@code input}, normalised pictures {@code [N, 3, S, S]}. */
final class InputNodes {
    static final String NORMALIZED = "input";
    static final String PICTURES = "pictures";

    private InputNodes() {}

    /** Adds the model's input and, for raw pictures, the nodes that normalise them. */
    static void add(OnnxGraphBuilder graph, OnnxOptions options) {
        int side = options.preprocessing().inputSize();
        Normalization normalization = options.preprocessing().normalization();
        switch (options.input()) {
            case NORMALIZED ->
                graph.input(NORMALIZED, DataType.FLOAT, meaning(normalization), RgbImage.CHANNELS, side, side);
            case PICTURES -> {
                graph.input(PICTURES, DataType.UINT8, "RGB, 0..255, rows from the top", side, side, RgbImage.CHANNELS);
                normalized(graph, normalization);
            }
        }
    }

    private static String meaning(Normalization normalization) {
        return "RGB, each value v of 0..255 as (v / 255 - mean) / std with mean "
                + Arrays.toString(normalization.mean()) + " and std " + Arrays.toString(normalization.std());
    }

    /** A multiplication and an addition round differently from a lookup table, in the last bit. */
    private static void normalized(OnnxGraphBuilder graph, Normalization normalization) {
        float[] scale = new float[RgbImage.CHANNELS];
        float[] shift = new float[RgbImage.CHANNELS];
        for (int channel = 0; channel < scale.length; channel++) {
            scale[channel] = (float) (1 / (255.0 * normalization.std()[channel]));
            shift[channel] = (float)
                    (-(double) normalization.mean()[channel] / normalization.std()[channel]);
        }
        long[] perChannel = {1, RgbImage.CHANNELS, 1, 1};
        String values = graph.node(
                "Cast", "cast", List.of(PICTURES), "values", attribute("to", (long) DataType.FLOAT.getNumber()));
        String planes =
                graph.node("Transpose", "planes", List.of(values), "planes", attribute("perm", new int[] {0, 3, 1, 2}));
        String scaled =
                graph.node("Mul", "scale", List.of(planes, graph.floats("scale.factor", scale, perChannel)), "scaled");
        graph.node("Add", "shift", List.of(scaled, graph.floats("shift.term", shift, perChannel)), NORMALIZED);
    }
}
