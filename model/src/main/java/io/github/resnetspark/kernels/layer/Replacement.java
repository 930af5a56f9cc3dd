package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.layer.KernelRelu.RectifiesItself;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.graph.vertex.impl.MergeVertex;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Replaces a network's stock layers and vertices with ours, where the kernels compute the same. Other layers stay; both
 * kinds understand each other's arrays.
 */
public final class Replacement {
    private final NetworkKernels network;
    private final ComputationGraphConfiguration configuration;
    private final GraphVertex[] vertices;
    private final IdentityHashMap<Layer, Layer> layers = new IdentityHashMap<>();

    private Replacement(NetworkKernels network, ComputationGraphConfiguration configuration, GraphVertex[] vertices) {
        this.network = network;
        this.configuration = configuration;
        this.vertices = vertices;
    }

    /**
     * Replaces all layers and vertices that can be replaced.
     *
     * @param vertices of an initialised network; changed in place
     * @param verticesByName the same by name; changed too
     * @param layers the network's layers; changed too
     */
    public static void in(
            NetworkKernels network,
            ComputationGraphConfiguration configuration,
            GraphVertex[] vertices,
            Map<String, GraphVertex> verticesByName,
            Layer[] layers) {
        Replacement replacement = new Replacement(network, configuration, vertices);
        replacement.replaceProducers();
        replacement.replaceRelus();
        replacement.replacePaddings();
        for (GraphVertex vertex : vertices) {
            verticesByName.put(vertex.getVertexName(), vertex);
        }
        Arrays.setAll(layers, i -> replacement.layers.getOrDefault(layers[i], layers[i]));
    }

    private void replaceProducers() {
        for (GraphVertex vertex : vertices) {
            if (vertex instanceof LayerVertex layerVertex && layerVertex.getLayerPreProcessor() == null) {
                ours(layerVertex).ifPresent(layer -> put(layerVertex, layer));
            } else if (vertex instanceof ElementWiseVertex stock && addsTwo(stock)) {
                vertices[vertex.getVertexIndex()] = new KernelAdd(network, stock, onlyReluReads(stock));
            }
        }
    }

    private Optional<Layer> ours(LayerVertex vertex) {
        Layer stock = vertex.getLayer();
        Layer ours = null;
        if (stock instanceof ConvolutionLayer convolution && KernelConvolution.canReplace(convolution)) {
            boolean readsPictures = producer(vertex).isInputVertex();
            ours = KernelConvolution.replacing(network, convolution, readsPictures);
        } else if (stock instanceof BatchNormalization batchNorm && KernelBatchNorm.canReplace(batchNorm)) {
            ours = KernelBatchNorm.replacing(network, batchNorm, onlyReluReads(vertex));
        } else if (stock instanceof SubsamplingLayer pool && KernelStride.canReplace(pool)) {
            ours = KernelStride.replacing(network, pool);
        } else if (stock instanceof SubsamplingLayer pool && KernelPool.canReplace(pool)) {
            ours = KernelPool.replacing(network, pool);
        } else if (stock instanceof GlobalPoolingLayer pool && KernelGlobalPool.canReplace(pool)) {
            ours = KernelGlobalPool.replacing(network, pool);
        }
        return Optional.ofNullable(ours);
    }

    /** After the producers, because a ReLU asks its producer whether it was applied. */
    private void replaceRelus() {
        for (GraphVertex vertex : vertices) {
            if (isReplaceableRelu(vertex)) {
                LayerVertex layerVertex = (LayerVertex) vertex;
                RectifiesItself producer = rectifying(producer(vertex)).orElse(() -> false);
                put(layerVertex, KernelRelu.replacing(network, (ActivationLayer) layerVertex.getLayer(), producer));
            }
        }
    }

    private void replacePaddings() {
        for (GraphVertex vertex : vertices) {
            if (vertex instanceof MergeVertex merge) {
                ZeroPadding.endingAt(merge.getVertexName(), configuration)
                        .filter(this::restOfConsumersIsOurs)
                        .ifPresent(padding -> put(merge, padding));
            }
        }
    }

    /** Copies the settings of the replaced layer. */
    static <L extends Layer> L handOver(Layer stock, L ours) {
        ours.setIndex(stock.getIndex());
        ours.setListeners(stock.getListeners());
        if (stock.params() != null) {
            ours.setParamsViewArray(stock.params());
            ours.setParamTable(stock.paramTable());
        }
        INDArray gradients = stock.getGradientsViewArray();
        if (gradients != null) {
            ours.setBackpropGradientsViewArray(gradients);
        }
        return ours;
    }

    private void put(LayerVertex vertex, Layer layer) {
        layers.put(vertex.getLayer(), layer);
        vertex.setLayer(layer);
    }

    private void put(MergeVertex merge, ZeroPadding padding) {
        vertices[merge.getVertexIndex()] = new KernelChannelPadding(network, merge, padding);
        for (int i = 0; i < vertices.length; i++) {
            if (padding.silent().contains(vertices[i].getVertexName())) {
                vertices[i] = new SilentVertex(network, (BaseGraphVertex) vertices[i]);
            }
        }
    }

    private boolean addsTwo(ElementWiseVertex vertex) {
        return vertex.getClass() == ElementWiseVertex.class
                && vertex.getInputVertices().length == 2
                && configuration.getVertices().get(vertex.getVertexName())
                        instanceof org.deeplearning4j.nn.conf.graph.ElementWiseVertex operation
                && operation.getOp() == org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op.Add;
    }

    private boolean onlyReluReads(GraphVertex vertex) {
        return !vertex.isOutputVertex()
                && vertex.getNumOutputConnections() == 1
                && isReplaceableRelu(vertices[vertex.getOutputVertices()[0].getVertexIndex()]);
    }

    private static boolean isReplaceableRelu(GraphVertex vertex) {
        return vertex instanceof LayerVertex layerVertex
                && layerVertex.getLayerPreProcessor() == null
                && layerVertex.getLayer() instanceof ActivationLayer relu
                && KernelRelu.canReplace(relu);
    }

    private static Optional<RectifiesItself> rectifying(GraphVertex producer) {
        Object worker = producer.hasLayer() ? producer.getLayer() : producer;
        return worker instanceof RectifiesItself rectifying ? Optional.of(rectifying) : Optional.empty();
    }

    private GraphVertex producer(GraphVertex vertex) {
        return vertices[vertex.getInputVertices()[0].getVertexIndex()];
    }

    /** A stock vertex could not handle the placeholder for a missing gradient. */
    private boolean restOfConsumersIsOurs(ZeroPadding padding) {
        return configuration.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(padding.source()))
                .map(Map.Entry::getKey)
                .filter(name -> !padding.silent().contains(name))
                .map(this::vertex)
                .allMatch(vertex -> vertex instanceof MergeVertex
                        || vertex instanceof KernelAdd
                        || (vertex.hasLayer() && layers.containsValue(vertex.getLayer())));
    }

    private GraphVertex vertex(String name) {
        return Arrays.stream(vertices)
                .filter(vertex -> vertex.getVertexName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
