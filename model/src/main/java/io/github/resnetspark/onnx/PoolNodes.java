package io.github.resnetspark.onnx;

import static io.github.resnetspark.onnx.OnnxGraphBuilder.attribute;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Pooling layers as ONNX nodes. */
final class PoolNodes {
    private final OnnxGraphBuilder graph;

    PoolNodes(OnnxGraphBuilder graph) {
        this.graph = graph;
    }

    /** Adds pooling over windows. */
    void add(String name, SubsamplingLayer layer, String from) throws OnnxException {
        PoolingType type = layer.getPoolingType();
        boolean averages = type == PoolingType.AVG && !layer.isAvgPoolIncludePadInDivisor();
        if (type != PoolingType.MAX && !averages) {
            throw LayerNodes.unknown(name, "SubsamplingLayer of type " + type);
        }
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(attribute("kernel_shape", layer.getKernelSize()));
        attributes.add(attribute("strides", layer.getStride()));
        attributes.add(padding(name, layer));
        if (averages) {
            requireUndilated(name, layer);
            attributes.add(attribute("count_include_pad", 0));
        } else {
            attributes.add(attribute("dilations", layer.getDilation()));
        }
        graph.node(
                averages ? "AveragePool" : "MaxPool",
                name,
                List.of(from),
                name,
                attributes.toArray(AttributeProto[]::new));
    }

    /** Adds global pooling. */
    void add(String name, GlobalPoolingLayer layer, String from) throws OnnxException {
        if (layer.getPoolingType() != PoolingType.AVG || !layer.isCollapseDimensions()) {
            throw LayerNodes.unknown(name, "GlobalPoolingLayer of type " + layer.getPoolingType());
        }
        String mean = graph.node("GlobalAveragePool", name + "-mean", List.of(from), name + "-mean");
        graph.node("Flatten", name, List.of(mean), name);
    }

    private static AttributeProto padding(String name, SubsamplingLayer layer) throws OnnxException {
        ConvolutionMode mode = layer.getConvolutionMode();
        CNN2DFormat format = layer.getCnn2dDataFormat();
        if (format == CNN2DFormat.NCHW && mode == ConvolutionMode.Same) {
            requireUndilated(name, layer);
            return attribute("auto_pad", "SAME_UPPER");
        }
        if (format == CNN2DFormat.NCHW && mode == ConvolutionMode.Truncate) {
            return attribute("pads", LayerNodes.onBothSides(layer.getPadding()));
        }
        throw LayerNodes.unknown(name, "SubsamplingLayer of mode " + mode + " and layout " + format);
    }

    private static void requireUndilated(String name, SubsamplingLayer layer) throws OnnxException {
        if (layer.getDilation()[0] != 1 || layer.getDilation()[1] != 1) {
            throw LayerNodes.unknown(name, "SubsamplingLayer with a dilation");
        }
    }
}
