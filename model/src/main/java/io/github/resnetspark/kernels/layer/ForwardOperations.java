package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.layer.FusedChains.FusedChain;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import io.github.resnetspark.kernels.provider.ForwardOperation.Addition;
import io.github.resnetspark.kernels.provider.ForwardOperation.Classification;
import io.github.resnetspark.kernels.provider.ForwardOperation.Convolution;
import io.github.resnetspark.kernels.provider.ForwardOperation.Normalization;
import io.github.resnetspark.kernels.provider.ForwardOperation.Padding;
import io.github.resnetspark.kernels.provider.ForwardOperation.Pooling;
import io.github.resnetspark.kernels.provider.ForwardOperation.Rectification;
import io.github.resnetspark.kernels.provider.ForwardOperation.Striding;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import io.github.resnetspark.kernels.provider.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * The operations of a network that only predicts: those of its layers, where the operations after a convolution are part
 * of it. For networks with one input and one softmax output.
 */
public final class ForwardOperations {
    private final GraphVertex[] vertices;
    private final int[] order;
    private final FusedChains chains;

    /**
     * @param vertices of a network whose layers have been replaced
     * @param order the vertices' indices in topological order
     */
    public ForwardOperations(GraphVertex[] vertices, int... order) {
        this.vertices = vertices;
        this.order = order;
        this.chains = new FusedChains(vertices);
    }

    /**
     * The operations for one shape of input.
     *
     * @return empty if the network has a layer that the kernels do not compute
     */
    public Optional<List<ForwardOperation>> on(ImageShape input) {
        try {
            return Optional.of(new Walk(input).operations());
        } catch (ForeignLayerException e) {
            return Optional.empty();
        }
    }

    /** A layer that only DL4J computes. */
    private static final class ForeignLayerException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** From the input to the output. The number of an activation is the position of its vertex. */
    private final class Walk {
        private final List<ForwardOperation> operations = new ArrayList<>();
        /** By the index of the vertex. */
        private final Map<Integer, Integer> numbers = new HashMap<>();

        private final Map<Integer, ImageShape> shapes = new HashMap<>();
        /** ReLUs that are part of the operation before them. */
        private final Set<Integer> done = new HashSet<>();

        Walk(ImageShape input) {
            for (int position = 0; position < order.length; position++) {
                numbers.put(order[position], position);
            }
            if (!vertices[order[0]].isInputVertex()) {
                throw new ForeignLayerException();
            }
            shapes.put(order[0], input);
        }

        List<ForwardOperation> operations() {
            for (int position = 1; position < order.length; position++) {
                GraphVertex vertex = vertices[order[position]];
                Optional<FusedChain> chain = chains.endingAt(vertex);
                if (chain.isPresent()) {
                    add(chain.get());
                } else if (!chains.contains(vertex) && !done.contains(order[position])) {
                    add(vertex);
                }
            }
            if (!(operations.get(operations.size() - 1) instanceof Classification)) {
                throw new ForeignLayerException();
            }
            return operations;
        }

        private void add(FusedChain chain) {
            KernelConvolution convolution = chain.convolution();
            ImageShape input = shapes.get(chain.input());
            convolution.requireChannels(input);
            var shape = convolution.shape(input);
            if (chain.added().isPresent()) {
                requireEqual(shape.output(), shapes.get(chain.added().getAsInt()));
            }
            OptionalInt added = chain.added().isPresent()
                    ? OptionalInt.of(numbers.get(chain.added().getAsInt()))
                    : OptionalInt.empty();
            shapes.put(chain.output(), shape.output());
            operations.add(new Convolution(
                    numbers.get(chain.input()),
                    added,
                    numbers.get(chain.output()),
                    shape,
                    chain.filter(),
                    chain.rectified() ? Rectifier.RELU : Rectifier.NONE));
        }

        private void add(GraphVertex vertex) {
            int output = vertex.getVertexIndex();
            int read = vertex.getInputVertices()[0].getVertexIndex();
            int number = numbers.get(output);
            int input = numbers.get(read);
            ImageShape shape = shapes.get(read);
            Object worker = FusedChains.worker(vertex);
            if (worker instanceof SilentVertex) {
                return;
            }
            if (worker instanceof KernelChannelPadding padding) {
                read = padding.source().getVertexIndex();
                Padding operation = padding.operation(numbers.get(read), number, shapes.get(read));
                operations.add(operation);
                shapes.put(output, operation.result());
                return;
            }
            if (shape == null) {
                throw new ForeignLayerException();
            }
            if (worker instanceof KernelBatchNorm batchNorm) {
                int last = lastOf(vertex);
                shapes.put(last, shape);
                operations.add(new Normalization(
                        input, numbers.get(last), shape, batchNorm.statistics(), rectifier(last != output)));
            } else if (worker instanceof KernelAdd) {
                int other = vertex.getInputVertices()[1].getVertexIndex();
                requireEqual(shape, shapes.get(other));
                int last = lastOf(vertex);
                shapes.put(last, shape);
                operations.add(
                        new Addition(input, numbers.get(other), numbers.get(last), shape, rectifier(last != output)));
            } else if (worker instanceof KernelRelu) {
                shapes.put(output, shape);
                operations.add(new Rectification(input, number, shape));
            } else if (worker instanceof KernelStride stride) {
                Striding operation = stride.operation(input, number, shape);
                shapes.put(output, operation.result());
                operations.add(operation);
            } else if (worker instanceof KernelPool pool) {
                PoolShape pooled = pool.shape(shape);
                shapes.put(output, pooled.output());
                operations.add(new Pooling(input, number, pooled));
            } else if (worker instanceof KernelGlobalPool) {
                PoolShape pooled = new PoolShape(shape, Window.global(shape), PoolShape.Kind.AVERAGE);
                shapes.put(output, pooled.output());
                operations.add(new Pooling(input, number, pooled));
            } else if (worker instanceof OutputLayer head && isSoftmax(head) && vertex.isOutputVertex()) {
                operations.add(new Classification(
                        input,
                        number,
                        shape,
                        head.getParam(DefaultParamInitializer.WEIGHT_KEY),
                        head.getParam(DefaultParamInitializer.BIAS_KEY)));
            } else {
                throw new ForeignLayerException();
            }
        }

        /** The ReLU that is the only reader of a vertex, or else the vertex. */
        private int lastOf(GraphVertex vertex) {
            Optional<GraphVertex> reader = chains.onlyReader(vertex);
            if (reader.isPresent() && FusedChains.worker(reader.get()) instanceof KernelRelu) {
                done.add(reader.get().getVertexIndex());
                return reader.get().getVertexIndex();
            }
            return vertex.getVertexIndex();
        }

        private static Rectifier rectifier(boolean rectified) {
            return rectified ? Rectifier.RELU : Rectifier.NONE;
        }

        private static void requireEqual(ImageShape one, ImageShape other) {
            if (!one.equals(other)) {
                throw new IllegalStateException(
                        "The shapes " + other + " and " + one + " cannot be added: they differ");
            }
        }
    }

    private static boolean isSoftmax(OutputLayer head) {
        return head.getClass() == OutputLayer.class
                && head.layerConf().getActivationFn() instanceof ActivationSoftmax
                && head.layerConf().hasBias();
    }
}
