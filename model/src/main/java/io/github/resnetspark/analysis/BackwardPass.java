package io.github.resnetspark.analysis;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One forward and one backward pass through a network, vertex by vertex, like {@link ComputationGraph}'s own. Unlike that, it keeps
 * the norms of the gradients between vertices. Batch normalisation uses the minibatch's statistics, as in training.
 */
public final class BackwardPass {
    private final ComputationGraph net;
    private final GraphVertex[] vertices;
    private final int[] order;
    private final LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();

    private final Map<String, Double> atOutput = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> fromConsumer = new HashMap<>();
    private final Map<String, Double> ofWeights = new LinkedHashMap<>();

    private final Observer observer;

    /** Receives the gradients: sums over the minibatch, valid only during the call. */
    @FunctionalInterface
    interface Observer {
        /**
         * Receives one gradient.
         *
         * @param vertex the gradient is with respect to its output
         * @param reader the vertex through which this part of the gradient came; empty for the whole gradient
         */
        void sees(String vertex, String reader, INDArray gradient);
    }

    private BackwardPass(ComputationGraph net, Observer observer) {
        this.net = net;
        this.observer = observer;
        this.vertices = net.getVertices();
        this.order = net.topologicalSortOrder();
    }

    /**
     * Computes the norms of the gradient of the mean loss.
     *
     * @param net a network of DL4J's own layers with one input and one output; earlier activations are overwritten, the
     *     parameters do not change
     * @param pictures {@code [N, 3, S, S]}
     * @param labels {@code [N, classes]}; each row adds up to 1
     */
    public static GradientFlow of(ComputationGraph net, INDArray pictures, INDArray labels) {
        return of(net, pictures, labels, (vertex, reader, gradient) -> {});
    }

    static GradientFlow of(ComputationGraph net, INDArray pictures, INDArray labels, Observer observer) {
        BackwardPass pass = new BackwardPass(net, observer);
        INDArray probabilities = pass.forward(pictures);
        pass.backward(labels);
        net.clear();
        return new GradientFlow(loss(probabilities, labels), pass.atOutput, pass.fromConsumer, pass.ofWeights);
    }

    private INDArray forward(INDArray pictures) {
        for (Layer layer : net.getLayers()) {
            layer.setInputMiniBatchSize((int) pictures.size(0));
        }
        INDArray output = pictures;
        for (int index : order) {
            GraphVertex vertex = vertices[index];
            output = vertex.isInputVertex() ? pictures : vertex.doForward(true, memory);
            if (vertex.getOutputVertices() != null) {
                for (VertexIndices consumer : vertex.getOutputVertices()) {
                    vertices[consumer.getVertexIndex()].setInput(consumer.getVertexEdgeNumber(), output, memory);
                }
            }
        }
        return output;
    }

    private void backward(INDArray labels) {
        net.initGradientsView();
        INDArray[] epsilons = new INDArray[vertices.length];
        double examples = labels.size(0);
        for (int i = order.length - 1; i >= 0; i--) {
            GraphVertex vertex = vertices[order[i]];
            INDArray epsilon = epsilons[order[i]];
            epsilons[order[i]] = null;
            if (vertex.isInputVertex()) {
                keep(vertex, epsilon, examples);
                continue;
            }
            if (vertex.isOutputVertex()) {
                ((IOutputLayer) vertex.getLayer()).setLabels(labels);
            } else {
                keep(vertex, epsilon, examples);
                vertex.setEpsilon(epsilon);
            }
            Pair<Gradient, INDArray[]> result = vertex.doBackward(false, memory);
            keepWeights(vertex, result.getFirst(), examples);
            VertexIndices[] inputs = vertex.getInputVertices();
            for (int edge = 0; edge < inputs.length; edge++) {
                int input = inputs[edge].getVertexIndex();
                INDArray share = result.getSecond()[edge];
                observer.sees(vertices[input].getVertexName(), vertex.getVertexName(), share);
                fromConsumer
                        .computeIfAbsent(vertices[input].getVertexName(), name -> new HashMap<>())
                        .merge(vertex.getVertexName(), norm(share) / examples, Math::hypot);
                // Not in place: a vertex may return the same array that it received.
                epsilons[input] = epsilons[input] == null ? share : epsilons[input].add(share);
            }
        }
    }

    private void keep(GraphVertex vertex, INDArray epsilon, double examples) {
        if (epsilon != null) {
            observer.sees(vertex.getVertexName(), "", epsilon);
            atOutput.put(vertex.getVertexName(), norm(epsilon) / examples);
        }
    }

    private void keepWeights(GraphVertex vertex, Gradient gradient, double examples) {
        INDArray weights = gradient == null ? null : gradient.getGradientFor(DefaultParamInitializer.WEIGHT_KEY);
        if (weights != null) {
            ofWeights.put(vertex.getVertexName(), norm(weights) / examples);
        }
    }

    private static double norm(INDArray array) {
        return array.norm2Number().doubleValue();
    }

    private static double loss(INDArray probabilities, INDArray labels) {
        double sum = 0;
        for (long row = 0; row < labels.size(0); row++) {
            for (long column = 0; column < labels.size(1); column++) {
                double wanted = labels.getDouble(row, column);
                sum -= wanted == 0
                        ? 0
                        : wanted * Math.log(Math.max(probabilities.getDouble(row, column), Float.MIN_NORMAL));
            }
        }
        return sum / labels.size(0);
    }

    /**
     * Euclidean norms of the gradient of the mean loss over a minibatch.
     *
     * @param loss mean cross-entropy of the minibatch, in nats
     * @param atOutput with respect to a vertex's output, by the vertex; for the input vertex, with respect to the pictures
     * @param fromConsumer the parts of {@code atOutput}, by the vertex and by the vertex that reads it
     * @param ofWeights with respect to the weights of a convolution or fully connected layer, by the vertex
     */
    public record GradientFlow(
            double loss,
            Map<String, Double> atOutput,
            Map<String, Map<String, Double>> fromConsumer,
            Map<String, Double> ofWeights) {
        public GradientFlow {
            atOutput = Map.copyOf(atOutput);
            fromConsumer = fromConsumer.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
            ofWeights = Map.copyOf(ofWeights);
        }
    }
}
