package io.github.resnetspark.resnet;

import io.github.resnetspark.accel.UnscoredL2;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Adds one named piece of a network after another; every method returns the name of the vertex that it added last. */
final class GraphAssembly {
    /** PyTorch's and the authors' own; DL4J's default is another. */
    private static final double BATCH_NORM_EPSILON = 1e-5;

    /** The running statistics keep nine tenths of the old value: torch's momentum of 0.1. */
    private static final double BATCH_NORM_DECAY = 0.9;

    private final GraphBuilder graph;
    private final boolean batchNorm;
    private final List<Regularization> weightDecay;

    GraphAssembly(GraphBuilder graph, boolean batchNorm, double weightDecay) {
        this.graph = graph;
        this.batchNorm = batchNorm;
        this.weightDecay = weightDecay == 0 ? List.of() : List.of(new UnscoredL2(weightDecay));
    }

    /** A convolution, with a bias only where no batch normalisation follows, padded so that stride 1 keeps the size; He et al.'s initialisation. */
    String convolution(String name, String from, int in, int out, int kernel, int stride) {
        ConvolutionLayer.Builder layer = new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .convolutionMode(ConvolutionMode.Truncate)
                .nIn(in)
                .nOut(out)
                .hasBias(!batchNorm)
                .biasInit(0)
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.RELU);
        layer.regularization(weightDecay);
        graph.addLayer(name, layer.build(), from);
        return name;
    }

    /** Batch normalisation, or nothing in a network without it. */
    String batchNorm(String name, String from, int channels, double gamma) {
        if (!batchNorm) {
            return from;
        }
        BatchNormalization layer = new BatchNormalization.Builder()
                .nIn(channels)
                .nOut(channels)
                .eps(BATCH_NORM_EPSILON)
                .decay(BATCH_NORM_DECAY)
                .gamma(gamma)
                .beta(0)
                .useLogStd(false)
                .activation(Activation.IDENTITY)
                .build();
        graph.addLayer(name, layer, from);
        return name;
    }

    String relu(String name, String from) {
        graph.addLayer(name, new ActivationLayer(Activation.RELU), from);
        return name;
    }

    String add(String name, String left, String right) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), left, right);
        return name;
    }

    String maxPool(String name, String from, int kernel, int stride) {
        SubsamplingLayer layer = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
        graph.addLayer(name, layer, from);
        return name;
    }

    String globalAveragePool(String name, String from) {
        graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), from);
        return name;
    }

    String softmax(String name, String from, int in, int classes) {
        OutputLayer.Builder layer = new OutputLayer.Builder(new LossMCXENT())
                .nIn(in)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.LECUN_NORMAL)
                .biasInit(0);
        layer.regularization(weightDecay);
        graph.addLayer(name, layer.build(), from);
        return name;
    }

    /**
     * Every {@code stride}-th pixel, and zero channels on both sides (option A as the public CIFAR networks have it:
     * {@code x[:, :, ::2, ::2]}). Made of stock vertices, so that a saved network needs no class of ours: a 1×1 pool
     * takes the pixels, slices of its own output times zero are the zero channels.
     */
    String zeroPadded(String prefix, String from, int in, int out, int stride) {
        String pixels = stride == 1 ? from : maxPool(prefix + "-pixels", from, 1, stride);
        int missing = out - in;
        int before = missing / 2;
        List<String> merged = new ArrayList<>(zeros(prefix + "-before", pixels, in, before));
        merged.add(pixels);
        merged.addAll(zeros(prefix + "-after", pixels, in, missing - before));
        graph.addVertex(prefix + "-padded", new MergeVertex(), merged.toArray(String[]::new));
        return prefix + "-padded";
    }

    private List<String> zeros(String prefix, String from, int available, int channels) {
        List<String> names = new ArrayList<>();
        for (int done = 0; done < channels; done += available) {
            String name = prefix + (names.size() + 1);
            int count = Math.min(available, channels - done);
            graph.addVertex(name + "-slice", new SubsetVertex(0, count - 1), from);
            graph.addVertex(name, new ScaleVertex(0), name + "-slice");
            names.add(name);
        }
        return names;
    }
}
