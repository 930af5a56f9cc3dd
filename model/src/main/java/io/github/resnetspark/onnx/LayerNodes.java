package io.github.resnetspark.onnx;

import static io.github.resnetspark.onnx.OnnxGraphBuilder.attribute;

import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers as ONNX nodes. The output of a layer's last node has the name of the layer's vertex, except for the network's
 * output.
 */
final class LayerNodes {
    static final String LOGITS = "logits";
    static final String PROBABILITIES = "probabilities";

    private final OnnxGraphBuilder graph;
    private final PoolNodes pools;

    LayerNodes(OnnxGraphBuilder graph) {
        this.graph = graph;
        this.pools = new PoolNodes(graph);
    }

    /**
     * Adds one layer.
     *
     * @param name of its vertex
     * @param layer its configuration
     * @param weights the layer with its parameters
     * @param from the name of its input value
     * @throws OnnxException if the layer or its configuration is not supported
     */
    void add(String name, Layer layer, org.deeplearning4j.nn.api.Layer weights, String from, OnnxOptions options)
            throws OnnxException {
        // Exact classes: a subclass computes something else.
        Class<?> type = layer.getClass();
        if (type == ConvolutionLayer.class) {
            ConvolutionLayer convolution = (ConvolutionLayer) layer;
            float[] bias = convolution.hasBias() ? parameter(weights, "b") : new float[0];
            convolution(name, convolution, weights, parameter(weights, "W"), bias, from, name);
        } else if (type == BatchNormalization.class) {
            batchNorm(name, values(name, (BatchNormalization) layer, weights), from);
        } else if (type == ActivationLayer.class) {
            requireActivation(name, layer, ((ActivationLayer) layer).getActivationFn(), ActivationReLU.class);
            graph.node("Relu", name, List.of(from), name);
        } else if (type == SubsamplingLayer.class) {
            pools.add(name, (SubsamplingLayer) layer, from);
        } else if (type == GlobalPoolingLayer.class) {
            pools.add(name, (GlobalPoolingLayer) layer, from);
        } else if (type == OutputLayer.class) {
            head(name, (OutputLayer) layer, weights, from, options.output());
        } else {
            throw unknown(name, type.getSimpleName());
        }
    }

    /** A convolution with the following batch normalisation folded into it. Its value has the name of the latter. */
    void foldedConvolution(
            String name,
            ConvolutionLayer layer,
            org.deeplearning4j.nn.api.Layer weights,
            BatchNormValues norm,
            String from,
            String to)
            throws OnnxException {
        float[] bias = layer.hasBias() ? parameter(weights, "b") : new float[norm.channels()];
        float[] folded = norm.foldedWeights(parameter(weights, "W"));
        convolution(name, layer, weights, folded, norm.foldedBias(bias), from, to);
    }

    /** The parameters and statistics of a batch normalisation. */
    BatchNormValues values(String name, BatchNormalization layer, org.deeplearning4j.nn.api.Layer weights)
            throws OnnxException {
        requireActivation(name, layer, layer.getActivationFn(), ActivationIdentity.class);
        if (layer.isUseLogStd() || layer.isLockGammaBeta()) {
            throw unknown(name, "BatchNormalization without a variance, gamma and beta of its own");
        }
        return BatchNormValues.of(weights, layer.getEps());
    }

    private void convolution(
            String name,
            ConvolutionLayer layer,
            org.deeplearning4j.nn.api.Layer weights,
            float[] values,
            float[] bias,
            String from,
            String to)
            throws OnnxException {
        requireActivation(name, layer, layer.getActivationFn(), ActivationIdentity.class);
        requireWindow(name, layer);
        List<String> inputs = new ArrayList<>(List.of(from));
        inputs.add(graph.floats(name + ".weight", values, weights.getParam("W").shape()));
        if (bias.length > 0) {
            inputs.add(graph.floats(name + ".bias", bias, bias.length));
        }
        graph.node(
                "Conv",
                name,
                inputs,
                to,
                attribute("kernel_shape", layer.getKernelSize()),
                attribute("strides", layer.getStride()),
                attribute("pads", onBothSides(layer.getPadding())),
                attribute("dilations", layer.getDilation()));
    }

    private void batchNorm(String name, BatchNormValues values, String from) {
        int channels = values.channels();
        List<String> inputs = List.of(
                from,
                graph.floats(name + ".weight", values.gamma(), channels),
                graph.floats(name + ".bias", values.beta(), channels),
                graph.floats(name + ".running_mean", values.mean(), channels),
                graph.floats(name + ".running_var", values.variance(), channels));
        graph.node("BatchNormalization", name, inputs, name, attribute("epsilon", (float) values.epsilon()));
    }

    private void head(
            String name, OutputLayer layer, org.deeplearning4j.nn.api.Layer weights, String from, OutputForm form)
            throws OnnxException {
        requireActivation(name, layer, layer.getActivationFn(), ActivationSoftmax.class);
        long features = weights.getParam("W").size(0);
        long classes = weights.getParam("W").size(1);
        List<String> inputs = new ArrayList<>(List.of(from));
        inputs.add(graph.floats(name + ".weight", transposed(weights, "W"), classes, features));
        if (layer.hasBias()) {
            inputs.add(graph.floats(name + ".bias", parameter(weights, "b"), classes));
        }
        String logits = graph.node("Gemm", name, inputs, LOGITS, attribute("transB", 1));
        switch (form) {
            case LOGITS -> graph.output(logits, "one value per class, before the softmax", classes);
            case PROBABILITIES -> {
                graph.node("Softmax", name + "-softmax", List.of(logits), PROBABILITIES);
                graph.output(PROBABILITIES, "one value per class; each row sums to 1", classes);
            }
        }
    }

    /** Starts of both axes, then their ends. */
    static int[] onBothSides(int[] padding) {
        return new int[] {padding[0], padding[1], padding[0], padding[1]};
    }

    private static void requireWindow(String name, ConvolutionLayer layer) throws OnnxException {
        ConvolutionMode mode = layer.getConvolutionMode();
        CNN2DFormat format = layer.getCnn2dDataFormat();
        if (mode != ConvolutionMode.Truncate || format != CNN2DFormat.NCHW) {
            throw unknown(name, "ConvolutionLayer of mode " + mode + " and layout " + format);
        }
    }

    private static void requireActivation(
            String name, Layer layer, IActivation activation, Class<? extends IActivation> expected)
            throws OnnxException {
        boolean bent = activation instanceof ActivationReLU relu
                && !(isNone(relu.getMax()) && isNone(relu.getThreshold()) && isNone(relu.getNegativeSlope()));
        if (activation.getClass() != expected || bent) {
            throw unknown(name, layer.getClass().getSimpleName() + " with the activation " + activation);
        }
    }

    private static boolean isNone(Double setting) {
        return setting == null || setting == 0;
    }

    static OnnxException unknown(String name, String what) {
        return new OnnxException(OnnxFailures.unsupportedVertex(name, what));
    }

    /** A parameter in row-major order, whatever DL4J's order is. */
    static float[] parameter(org.deeplearning4j.nn.api.Layer layer, String parameter) {
        return rowMajor(layer.getParam(parameter));
    }

    /** A parameter, DL4J's {@code [in, out]} as {@code [out, in]}. */
    private static float[] transposed(org.deeplearning4j.nn.api.Layer layer, String parameter) {
        return rowMajor(layer.getParam(parameter).transpose());
    }

    private static float[] rowMajor(INDArray values) {
        return values.dup('c').data().asFloat();
    }
}
