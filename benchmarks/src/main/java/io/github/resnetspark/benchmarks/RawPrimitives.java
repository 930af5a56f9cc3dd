package io.github.resnetspark.benchmarks;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A network's training step reduced to oneDNN's primitives for its convolutions, batch normalisations and additions, forward and
 * backward, in float32 and channels-last. Each primitive has its own memory, and weights have the layout that the library prefers.
 * Nothing is copied, reordered, looked up or updated. No training can be faster with these primitives. Pooling and the last layer,
 * about 1 % of the work, are left out.
 */
final class RawPrimitives {
    private final List<Runnable> forward = new ArrayList<>();
    private final Deque<Runnable> backward = new ArrayDeque<>();

    RawPrimitives(ResNetSpec spec, int batch) {
        PrimitiveFactory primitives = new PrimitiveFactory(new engine(engine.kind.cpu, 0));
        ComputationGraph network = ResNet.create(spec, new ResNet.LearningRule(new NoOp(), 0), 1, DataType.FLOAT);
        ComputationGraphConfiguration graph = network.getConfiguration();
        // One picture is enough to get the shapes.
        Map<String, INDArray> activations = network.feedForward(Work.pictures(spec, 1), false);
        for (int index : network.topologicalSortOrder()) {
            String name = network.getVertices()[index].getVertexName();
            var vertex = graph.getVertices().get(name);
            List<String> inputs = graph.getVertexInputs().get(name);
            if (inputs == null || activations.get(name).rank() != 4) {
                continue;
            }
            long[] x = of(batch, activations.get(inputs.get(0)));
            long[] y = of(batch, activations.get(name));
            boolean rectified = graph.getVertexInputs().entrySet().stream()
                    .anyMatch(entry ->
                            entry.getKey().contains("relu") && entry.getValue().contains(name));
            if (vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof ConvolutionLayer convolution) {
                boolean readsPictures = graph.getNetworkInputs().contains(inputs.get(0));
                add(primitives.convolution(x, y, convolution, !readsPictures));
            } else if (vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof BatchNormalization) {
                add(primitives.batchNorm(x, rectified));
            } else if (vertex instanceof ElementWiseVertex) {
                add(primitives.addition(x, rectified));
            }
        }
        network.close();
    }

    private void add(PrimitiveFactory.Pass pass) {
        forward.add(pass.forward());
        backward.push(pass.backward());
    }

    private static long[] of(long batch, INDArray activation) {
        return new long[] {batch, activation.size(1), activation.size(2), activation.size(3)};
    }

    void run() {
        forward.forEach(Runnable::run);
        backward.forEach(Runnable::run);
    }
}
