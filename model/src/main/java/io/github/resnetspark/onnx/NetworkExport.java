package io.github.resnetspark.onnx;

import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.GraphProto;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Converts a network to an ONNX graph, vertex by vertex. Vertices that the output does not depend on are left out. */
final class NetworkExport {
    private final ComputationGraph network;
    private final ComputationGraphConfiguration configuration;
    private final OnnxOptions options;
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder();
    private final LayerNodes layers = new LayerNodes(graph);

    NetworkExport(ComputationGraph network, OnnxOptions options) {
        this.network = network;
        this.configuration = network.getConfiguration();
        this.options = options;
    }

    GraphProto graph() throws OnnxException {
        String input = single(configuration.getNetworkInputs(), "inputs");
        if (!input.equals(InputNodes.NORMALIZED)) {
            throw new OnnxException(OnnxFailures.inputName(input, InputNodes.NORMALIZED));
        }
        String output = single(configuration.getNetworkOutputs(), "outputs");
        InputNodes.add(graph, options);
        for (String vertex : neededFor(output)) {
            if (!vertex.equals(input)) {
                vertex(vertex);
            }
        }
        return graph.finished();
    }

    private static String single(List<String> names, String what) throws OnnxException {
        if (names.size() != 1) {
            throw new OnnxException(OnnxFailures.notExactlyOne(what, names));
        }
        return names.get(0);
    }

    /** Every vertex that the output depends on, in topological order. */
    private List<String> neededFor(String output) {
        Set<String> needed = new HashSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(output));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (needed.add(name)) {
                open.addAll(reads(name));
            }
        }
        List<String> ordered = new ArrayList<>();
        for (int index : network.topologicalSortOrder()) {
            String name = network.getVertices()[index].getVertexName();
            if (needed.contains(name)) {
                ordered.add(name);
            }
        }
        return ordered;
    }

    private List<String> reads(String name) {
        return ChannelPadding.of(name, configuration)
                .map(padding -> List.of(padding.source()))
                .orElseGet(() -> configuration.getVertexInputs().getOrDefault(name, List.of()));
    }

    private void vertex(String name) throws OnnxException {
        GraphVertex vertex = configuration.getVertices().get(name);
        List<String> inputs = configuration.getVertexInputs().get(name);
        Optional<ChannelPadding> padding = ChannelPadding.of(name, configuration);
        if (padding.isPresent()) {
            padding(name, padding.get());
        } else if (vertex instanceof ElementWiseVertex add && add.getOp() == ElementWiseVertex.Op.Add) {
            sum(name, inputs);
        } else if (vertex instanceof LayerVertex layer && layer.getPreProcessor() == null) {
            layer(name, layer.getLayerConf().getLayer(), inputs.get(0));
        } else {
            throw LayerNodes.unknown(name, vertex.getClass().getSimpleName());
        }
    }

    private void padding(String name, ChannelPadding padding) {
        // Starts of all axes [N, channels, height, width], then their ends.
        String pads = graph.integers(name + ".pads", 0, padding.before(), 0, 0, 0, padding.after(), 0, 0);
        graph.node("Pad", name, List.of(padding.source(), pads), name);
    }

    private void sum(String name, List<String> inputs) {
        if (inputs.size() == 2) {
            graph.node("Add", name, inputs, name);
        } else {
            graph.node("Sum", name, inputs, name);
        }
    }

    private void layer(String name, Layer layer, String from) throws OnnxException {
        if (layer instanceof BatchNormalization norm && foldedConvolution(name).isPresent()) {
            String convolution = foldedConvolution(name).get();
            layers.foldedConvolution(
                    convolution,
                    (ConvolutionLayer) layerOf(convolution),
                    network.getLayer(convolution),
                    layers.values(name, norm, network.getLayer(name)),
                    configuration.getVertexInputs().get(convolution).get(0),
                    name);
        } else if (!isFolded(name)) {
            layers.add(name, layer, network.getLayer(name), from, options);
        }
    }

    /** The convolution that a batch normalisation is folded into, if it is. */
    private Optional<String> foldedConvolution(String norm) {
        String from = configuration.getVertexInputs().get(norm).get(0);
        boolean folded = options.batchNorm() == BatchNormForm.FOLDED
                && layerOf(norm) instanceof BatchNormalization
                && layerOf(from) instanceof ConvolutionLayer
                && readers(from).size() == 1;
        return folded ? Optional.of(from) : Optional.empty();
    }

    private boolean isFolded(String convolution) {
        List<String> readers = readers(convolution);
        return readers.size() == 1 && foldedConvolution(readers.get(0)).equals(Optional.of(convolution));
    }

    private List<String> readers(String name) {
        return configuration.getVertexInputs().entrySet().stream()
                .flatMap(entry ->
                        Collections.nCopies(Collections.frequency(entry.getValue(), name), entry.getKey()).stream())
                .toList();
    }

    private Layer layerOf(String vertex) {
        return configuration.getVertices().get(vertex) instanceof LayerVertex layer
                ? layer.getLayerConf().getLayer()
                : null;
    }
}
