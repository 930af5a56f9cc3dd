package io.github.resnetspark.kernels;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A graph with crossing gradients. Many near and distant vertices read activations of one shape. A sum passes its
 * gradient to both inputs while others still add to it. Some consumers are stock vertices.
 */
final class LongSkips {
    static final int SIDE = 8;
    private static final int CHANNELS = 8;

    private LongSkips() {}

    static ComputationGraphConfiguration configuration(DataType type) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(type)
                .updater(new NoOp())
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .graphBuilder()
                .addInputs("input");
        convolution(graph, "a", "input", 3);
        String last = "a-relu";
        for (int i = 1; i <= 12; i++) {
            convolution(graph, "b" + i, last, CHANNELS);
            last = "b" + i + "-relu";
        }
        // Activations that are read immediately and last, a sum whose inputs are both read elsewhere, a sum of sums, a
        // sum with the same input by two paths, and a sum without a ReLU.
        add(graph, "s1", "a-relu", "b1-relu");
        add(graph, "s2", "s1", "b2-relu");
        add(graph, "s3", "s1", "s2");
        add(graph, "s4", "a-relu", last);
        add(graph, "s5", "s3", "s4");
        graph.addLayer("s5-relu", new ActivationLayer(Activation.RELU), "s5");
        // A batch normalisation with two readers, one of which is a ReLU.
        add(graph, "s6", "s5-relu", "b5-bn");
        // Stock vertices between ours.
        graph.addVertex("mean", new ElementWiseVertex(ElementWiseVertex.Op.Average), "s6", "a-relu");
        graph.addLayer("tanh", new ActivationLayer(Activation.TANH), "s6");
        graph.addVertex("merged", new MergeVertex(), "mean", "tanh", "b3-relu");
        SubsamplingLayer pool = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
        graph.addLayer("max", pool, "merged");
        graph.addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "max");
        OutputLayer head = new OutputLayer.Builder(new LossMCXENT())
                .nIn(3 * CHANNELS)
                .nOut(Networks.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        return graph.addLayer("head", head, "pool").setOutputs("head").build();
    }

    private static void convolution(GraphBuilder graph, String name, String from, int in) {
        ConvolutionLayer layer = new ConvolutionLayer.Builder(3, 3)
                .padding(1, 1)
                .convolutionMode(ConvolutionMode.Truncate)
                .nIn(in)
                .nOut(CHANNELS)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        BatchNormalization batchNorm = new BatchNormalization.Builder()
                .nIn(CHANNELS)
                .nOut(CHANNELS)
                .useLogStd(false)
                .build();
        graph.addLayer(name + "-conv", layer, from);
        graph.addLayer(name + "-bn", batchNorm, name + "-conv");
        graph.addLayer(name + "-relu", new ActivationLayer(Activation.RELU), name + "-bn");
    }

    private static void add(GraphBuilder graph, String name, String... from) {
        graph.addVertex(
                name,
                new ElementWiseVertex(ElementWiseVertex.Op.Add),
                List.of(from).toArray(String[]::new));
    }
}
