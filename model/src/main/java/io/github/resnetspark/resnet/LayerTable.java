package io.github.resnetspark.resnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * What a network is made of, vertex by vertex in the order of the forward pass, read off its DL4J configuration.
 *
 * @param name what people call the network
 * @param layers its vertices, the input left out
 */
public record LayerTable(String name, List<Row> layers) {

    /**
     * One vertex.
     *
     * @param name where it is, e.g. {@code stage3-block1-conv2}
     * @param kind what it is, e.g. {@code conv}
     * @param kernel side of a convolution's or pool's window in pixels; 0 for others
     * @param stride its step in pixels; 0 for others
     * @param outputShape without the batch: {@code [channels, height, width]} or {@code [channels]}
     * @param parameters trainable ones; batch-norm's running statistics are not
     * @param multiplyAdds of convolutions and fully connected layers for one picture, biases not counted
     * @param activationBytes float32 bytes of its output for one picture
     */
    public record Row(
            String name,
            String kind,
            int kernel,
            int stride,
            List<Long> outputShape,
            long parameters,
            long multiplyAdds,
            long activationBytes) {}

    /** The table of the network that {@code spec} names. Makes no network and allocates nothing native. */
    public static LayerTable of(ResNetSpec spec) {
        ComputationGraphConfiguration graph =
                ResNet.configuration(spec, new LearningRule(new NoOp(), 0), 0, DataType.FLOAT);
        Map<String, InputType> shapes = new HashMap<>();
        shapes.put(ResNet.INPUT, InputType.convolutional(spec.input(), spec.input(), 3));
        List<Row> rows = new ArrayList<>();
        graph.getVertices().forEach((name, vertex) -> {
            InputType[] inputs =
                    graph.getVertexInputs().get(name).stream().map(shapes::get).toArray(InputType[]::new);
            shapes.put(name, outputType(vertex, inputs));
            rows.add(row(name, vertex, shapes.get(name)));
        });
        return new LayerTable(spec.displayName(), List.copyOf(rows));
    }

    /** Trainable parameters of the whole network, as the papers count them. */
    public long parameters() {
        return layers.stream().mapToLong(Row::parameters).sum();
    }

    /** Multiply-adds of one picture's forward pass. */
    public long multiplyAdds() {
        return layers.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /** Bytes of all outputs for one picture: what training keeps until the backward pass, at float32. */
    public long activationBytes() {
        return layers.stream().mapToLong(Row::activationBytes).sum();
    }

    private static Row row(String name, GraphVertex vertex, InputType output) {
        List<Long> shape = shape(output);
        long elements = shape.stream().mapToLong(Long::longValue).reduce(1, (left, right) -> left * right);
        long bytes = elements * Float.BYTES;
        if (!(vertex instanceof LayerVertex layerVertex)) {
            return new Row(name, kind(vertex.getClass().getSimpleName()), 0, 0, shape, 0, 0, bytes);
        }
        Layer layer = layerVertex.getLayerConf().getLayer();
        String kind = kind(layer.getClass().getSimpleName());
        if (layer instanceof ConvolutionLayer convolution) {
            int kernel = convolution.getKernelSize()[0];
            long weights = convolution.getNIn()
                    * convolution.getNOut()
                    * kernel
                    * convolution.getKernelSize()[1];
            long parameters = weights + (convolution.hasBias() ? convolution.getNOut() : 0);
            long pixels = shape.get(1) * shape.get(2);
            return new Row(name, kind, kernel, convolution.getStride()[0], shape, parameters, weights * pixels, bytes);
        }
        if (layer instanceof SubsamplingLayer pool) {
            return new Row(name, kind, pool.getKernelSize()[0], pool.getStride()[0], shape, 0, 0, bytes);
        }
        if (layer instanceof BatchNormalization batchNorm) {
            return new Row(name, kind, 0, 0, shape, 2 * batchNorm.getNOut(), 0, bytes);
        }
        if (layer instanceof FeedForwardLayer head) {
            long weights = head.getNIn() * head.getNOut();
            return new Row(name, kind, 0, 0, shape, weights + head.getNOut(), weights, bytes);
        }
        return new Row(name, kind, 0, 0, shape, 0, 0, bytes);
    }

    private static InputType outputType(GraphVertex vertex, InputType[] inputs) {
        // DL4J M2.1 counts the channels of a slice backwards.
        if (vertex instanceof SubsetVertex slice && inputs[0] instanceof InputType.InputTypeConvolutional picture) {
            return InputType.convolutional(
                    picture.getHeight(), picture.getWidth(), slice.getTo() - slice.getFrom() + 1L);
        }
        return vertex.getOutputType(0, inputs);
    }

    private static List<Long> shape(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional picture) {
            return List.of(picture.getChannels(), picture.getHeight(), picture.getWidth());
        }
        return List.of(type.arrayElementsPerExample());
    }

    /** The short names used in tables. */
    private static String kind(String className) {
        return switch (className) {
            case "ConvolutionLayer" -> "conv";
            case "BatchNormalization" -> "batch-norm";
            case "ActivationLayer" -> "relu";
            case "SubsamplingLayer" -> "max-pool";
            case "GlobalPoolingLayer" -> "average-pool";
            case "OutputLayer" -> "softmax";
            case "ElementWiseVertex" -> "add";
            case "MergeVertex" -> "concatenate";
            case "ScaleVertex" -> "zeros";
            case "SubsetVertex" -> "slice";
            default -> throw new IllegalStateException("no table name for " + className);
        };
    }
}
