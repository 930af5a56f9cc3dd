package io.github.resnetspark.network;

import io.github.resnetspark.kernels.UnscoredL2;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
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

/** Adds named vertices to a network. Each method returns the name of the last vertex that it added. */
final class NetworkBuilder {
    /** The value of PyTorch and of the authors. DL4J's default differs. */
    private static final double BATCH_NORM_EPSILON = 1e-5;

    /** The running statistics keep nine tenths of the old value: PyTorch's momentum of 0.1. */
    private static final double BATCH_NORM_DECAY = 0.9;

    private final GraphBuilder graph;
    private final boolean batchNorm;
    private final ResNetSpec.Initialization initialization;
    private final List<Regularization> weightDecay;

    /**
     * Creates a builder for a graph.
     *
     * @param network defines the initial weights of convolutions and whether they are normalised
     * @param weightDecay as in {@link ResNet.LearningRule}
     */
    NetworkBuilder(GraphBuilder graph, ResNetSpec network, double weightDecay) {
        this.graph = graph;
        this.batchNorm = network.batchNorm();
        this.initialization = network.initialization();
        this.weightDecay = weightDecay == 0 ? List.of() : List.of(new UnscoredL2(weightDecay));
    }

    /** A convolution, padded so that stride 1 keeps the size. Has a bias only in networks without batch normalisation. */
    String convolution(String name, String from, int in, int out, int kernel, int stride) {
        return convolution(name, from, new Widths(in, out), kernel, stride, !batchNorm);
    }

    /** A convolution that always has a bias. */
    String convolutionWithBias(String name, String from, int in, int out, int kernel, int stride) {
        return convolution(name, from, new Widths(in, out), kernel, stride, true);
    }

    private String convolution(String name, String from, Widths widths, int kernel, int stride, boolean bias) {
        ConvolutionLayer.Builder layer = new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .convolutionMode(ConvolutionMode.Truncate)
                .nIn(widths.in)
                .nOut(widths.out)
                .hasBias(bias)
                .biasInit(0)
                .activation(Activation.IDENTITY);
        switch (initialization) {
            case HE_FAN_IN -> layer.weightInit(WeightInit.RELU);
            // DL4J has no constant for this one.
            case HE_FAN_OUT ->
                layer.weightInit(new NormalDistribution(0, Math.sqrt(2.0 / ((long) widths.out * kernel * kernel))));
        }
        layer.regularization(weightDecay);
        graph.addLayer(name, layer.build(), from);
        return name;
    }

    /** Batch normalisation; adds nothing in a network without it. */
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

    /** Max-pooling, padded on all sides. Windows that extend beyond the padding are dropped. */
    String maxPool(String name, String from, int kernel, int stride) {
        return pool(name, from, truncated(PoolingType.MAX, kernel, stride).padding(kernel / 2, kernel / 2));
    }

    /**
     * Max-pooling without padding in front. The last window may extend beyond the edge, as in Caffe and in PyTorch with {@code
     * ceil_mode}. For an even number of pixels.
     */
    String unpaddedMaxPool(String name, String from, int kernel, int stride) {
        return pool(name, from, covering(PoolingType.MAX, kernel, stride));
    }

    /**
     * Average pooling over the values inside the picture. With stride 2 the output has half the size, rounded up, as after a
     * strided convolution: PyTorch's {@code AvgPool2d(2, 2, ceil_mode=True, count_include_pad=False)}.
     */
    String averagePool(String name, String from, int kernel, int stride) {
        return pool(name, from, covering(PoolingType.AVG, kernel, stride));
    }

    /** Every nth pixel of every nth row, {@code x[:, :, ::n, ::n]}. */
    String everyNthPixel(String name, String from, int n) {
        return pool(name, from, truncated(PoolingType.MAX, 1, n));
    }

    private String pool(String name, String from, SubsamplingLayer.Builder layer) {
        graph.addLayer(name, layer.build(), from);
        return name;
    }

    private static SubsamplingLayer.Builder truncated(PoolingType type, int kernel, int stride) {
        return window(type, kernel, stride).convolutionMode(ConvolutionMode.Truncate);
    }

    /** TensorFlow's padding "same": the output size is the input size divided by the stride, rounded up. */
    private static SubsamplingLayer.Builder covering(PoolingType type, int kernel, int stride) {
        return window(type, kernel, stride).convolutionMode(ConvolutionMode.Same);
    }

    private static SubsamplingLayer.Builder window(PoolingType type, int kernel, int stride) {
        return new SubsamplingLayer.Builder(type).kernelSize(kernel, kernel).stride(stride, stride);
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

    /** Concatenates the channels of several vertices. */
    String concatenated(String name, List<String> from) {
        graph.addVertex(name, new MergeVertex(), from.toArray(String[]::new));
        return name;
    }

    /** Channels of zeros, at most as many as the input has: they are computed from the input, because DL4J has no constant vertex. */
    String zeros(String name, String from, int channels) {
        graph.addVertex(name + "-slice", new SubsetVertex(0, channels - 1), from);
        graph.addVertex(name, new ScaleVertex(0), name + "-slice");
        return name;
    }

    private record Widths(int in, int out) {}
}
