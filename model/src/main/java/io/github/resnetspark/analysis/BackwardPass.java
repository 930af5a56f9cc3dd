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
 * One forward and one backward pass through a network, vertex by vertex, as {@link ComputationGraph} does it itself. That one
 * forgets what flows between the vertices as soon as it has used it; here the norms of it are kept. Batch normalisation uses
 * the minibatch's statistics, as in training.
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

    /** Sees the gradients themselves: sums over the minibatch, which change as soon as it returns. */
    @FunctionalInterface
    interface Observer {
        /**
         * Is told of one gradient.
         *
         * @param vertex that the gradient is with respect to the output of
         * @param reader the vertex that this part of it came through; empty for all of it
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
     * The norms of the gradient of the mean loss.
     *
     * @param net on DL4J's own layers, with one input and one output; what it has computed before is overwritten, its
     *     parameters stay as they are
     * @param pictures {@code [N, 3, S, S]}
     * @param labels {@code [N, classes]}, rows that add up to 1
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
                // A new array: what a vertex gave may be the array that it was given.
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
     * How large the gradient of the mean loss is all over a network: Euclidean norms over a whole minibatch.
     *
     * @param loss mean cross-entropy of the minibatch, in nats
     * @param atOutput with respect to what a vertex gives, by its name; the input vertex has that of the pictures
     * @param fromConsumer the parts of it: by the vertex, then by the vertex that reads it
     * @param ofWeights with respect to the weights of a convolution or fully connected layer
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
