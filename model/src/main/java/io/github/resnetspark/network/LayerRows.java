package io.github.resnetspark.network;

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
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** Computes the rows of a {@link LayerTable} from a network's configuration, in the order of the forward pass. */
final class LayerRows {
    private final ComputationGraphConfiguration graph;
    private final Map<String, InputType> shapes = new HashMap<>();
    private final Map<String, ReceptiveField> fields = new HashMap<>();

    private LayerRows(ResNetSpec spec) {
        graph = ResNet.configuration(spec, new ResNet.LearningRule(new NoOp(), 0), 0, DataType.FLOAT);
        shapes.put(ResNet.INPUT, InputType.convolutional(spec.input(), spec.input(), 3));
        fields.put(ResNet.INPUT, ReceptiveField.PIXEL);
    }

    static List<LayerTable.Row> of(ResNetSpec spec) {
        LayerRows rows = new LayerRows(spec);
        List<LayerTable.Row> all = new ArrayList<>();
        rows.graph.getVertices().forEach((name, vertex) -> all.add(rows.row(name, vertex)));
        return List.copyOf(all);
    }

    private LayerTable.Row row(String name, GraphVertex vertex) {
        List<String> read = graph.getVertexInputs().get(name);
        InputType[] inputs = read.stream().map(shapes::get).toArray(InputType[]::new);
        InputType output = outputType(vertex, inputs);
        shapes.put(name, output);
        List<Long> shape = shape(output);
        Work work = work(vertex, shape, inputs[0]);
        ReceptiveField field = read.stream()
                .map(fields::get)
                .reduce(ReceptiveField::larger)
                .orElseThrow()
                .through(work.window, work.stride);
        fields.put(name, field);
        long elements = shape.stream().mapToLong(Long::longValue).reduce(1, (left, right) -> left * right);
        boolean isWindow = work.kind.equals("conv") || vertex(vertex) instanceof SubsamplingLayer;
        return new LayerTable.Row(
                name,
                stage(name),
                work.kind,
                isWindow ? Math.toIntExact(work.window) : 0,
                isWindow ? work.stride : 0,
                shape,
                field.side(),
                work.parameters,
                work.multiplyAdds,
                elements * Float.BYTES);
    }

    /**
     * The work of a vertex for one picture.
     *
     * @param window side of the part of its input on which one output value depends
     */
    private record Work(String kind, long window, int stride, long parameters, long multiplyAdds) {
        static Work without(String kind) {
            return new Work(kind, 1, 1, 0, 0);
        }
    }

    /**
     * The square of the picture on which a value depends.
     *
     * @param side of the square, in pixels
     * @param step to the square of the next value, in pixels
     */
    private record ReceptiveField(long side, long step) {
        /** The receptive field of a pixel. */
        static final ReceptiveField PIXEL = new ReceptiveField(1, 1);

        /** The receptive field after a window of this side and stride. */
        ReceptiveField through(long window, int stride) {
            return new ReceptiveField(side + (window - 1) * step, step * stride);
        }

        /** The receptive field of a value that depends on both. They have the same centre and step. */
        ReceptiveField larger(ReceptiveField other) {
            return other.side > side ? other : this;
        }
    }

    private static Layer vertex(GraphVertex vertex) {
        return vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : null;
    }

    private static Work work(GraphVertex vertex, List<Long> shape, InputType input) {
        Layer layer = vertex(vertex);
        if (layer == null) {
            return Work.without(kind(vertex.getClass().getSimpleName()));
        }
        String kind = kind(layer.getClass().getSimpleName());
        if (layer instanceof ConvolutionLayer convolution) {
            int kernel = convolution.getKernelSize()[0];
            long weights = convolution.getNIn()
                    * convolution.getNOut()
                    * kernel
                    * convolution.getKernelSize()[1];
            long parameters = weights + (convolution.hasBias() ? convolution.getNOut() : 0);
            return new Work(
                    kind, kernel, convolution.getStride()[0], parameters, weights * shape.get(1) * shape.get(2));
        }
        if (layer instanceof SubsamplingLayer pool) {
            String pooled = pool.getPoolingType() == PoolingType.AVG ? "average-pool" : kind;
            return new Work(pooled, pool.getKernelSize()[0], pool.getStride()[0], 0, 0);
        }
        if (layer instanceof GlobalPoolingLayer && input instanceof InputType.InputTypeConvolutional picture) {
            return new Work(kind, picture.getHeight(), 1, 0, 0);
        }
        if (layer instanceof BatchNormalization batchNorm) {
            return new Work(kind, 1, 1, 2 * batchNorm.getNOut(), 0);
        }
        if (layer instanceof FeedForwardLayer head) {
            long weights = head.getNIn() * head.getNOut();
            return new Work(kind, 1, 1, weights + head.getNOut(), weights);
        }
        return Work.without(kind);
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

    private static String stage(String name) {
        boolean isNumbered = name.startsWith("stage");
        if (isNumbered || name.startsWith("stem")) {
            return name.substring(0, name.indexOf('-'));
        }
        return "head";
    }

    /** The short name in tables. */
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
            default -> throw new IllegalStateException("There is no table name for " + className);
        };
    }
}
