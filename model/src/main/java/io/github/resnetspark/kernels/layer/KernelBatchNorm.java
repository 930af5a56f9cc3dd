package io.github.resnetspark.kernels.layer;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import io.github.resnetspark.kernels.layer.KernelRelu.RectifiesItself;
import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ForwardOperation.Statistics;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.BatchNormKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation. If only results are needed, it includes the ReLU that is its only consumer. */
final class KernelBatchNorm extends BatchNormalization implements RectifiesItself {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels network;
    private final transient KernelCache<Work, BatchNormKernel> kernels;
    private final boolean onlyReluReads;
    private final transient INDArray batchMean;
    private final transient INDArray batchVariance;

    private Rectifier rectifier = Rectifier.NONE;

    private KernelBatchNorm(NetworkKernels network, BatchNormalization stock, boolean onlyReluReads) {
        super(stock.conf(), DataType.FLOAT);
        this.network = network;
        this.onlyReluReads = onlyReluReads;
        float epsilon = (float) layerConf().getEps();
        this.kernels = new KernelCache<>(work -> network.provider().batchNorm(work.shape, epsilon, work.rectifier));
        this.batchMean = network.vector(layerConf().getNOut());
        this.batchVariance = network.vector(layerConf().getNOut());
    }

    static boolean canReplace(BatchNormalization stock) {
        var layer = stock.layerConf();
        return stock.getClass() == BatchNormalization.class
                && layer.getCnn2DFormat() == CNN2DFormat.NCHW
                && !layer.isUseLogStd()
                && !layer.isLockGammaBeta();
    }

    /** @param onlyReluReads whether a ReLU is its only consumer */
    static KernelBatchNorm replacing(NetworkKernels network, BatchNormalization stock, boolean onlyReluReads) {
        return Replacement.handOver(stock, new KernelBatchNorm(network, stock, onlyReluReads));
    }

    @Override
    public boolean hasRectified() {
        return rectifier == Rectifier.RELU;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (input.rank() != 4) {
            return super.activate(training, workspaces);
        }
        INDArray x = network.channelsLast(input, ArrayType.FF_WORKING_MEM, workspaces);
        ImageShape shape = ImageShape.of(x);
        INDArray y = network.activation(shape, workspaces);
        rectifier = onlyReluReads && network.onlyResultsCount() ? Rectifier.RELU : Rectifier.NONE;
        BatchNormKernel kernel = kernels.of(new Work(shape, rectifier));
        INDArray gamma = params.get(GAMMA);
        INDArray beta = params.get(BETA);
        if (training) {
            kernel.forward(x, gamma, beta, batchMean, batchVariance, y);
        } else {
            kernel.infer(x, gamma, beta, params.get(GLOBAL_MEAN), params.get(GLOBAL_VAR), y);
        }
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (input.rank() != 4) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray x = network.channelsLast(input, ArrayType.BP_WORKING_MEM, workspaces);
        ImageShape shape = ImageShape.of(x);
        GradientArray outputGradient = network.gradients().arriving(epsilon);
        GradientArray inputGradient = network.gradients().take(shape);
        INDArray gammaGradient = gradientViews.get(GAMMA);
        INDArray betaGradient = gradientViews.get(BETA);
        kernels.of(new Work(shape, rectifier))
                .backward(
                        x,
                        outputGradient,
                        params.get(GAMMA),
                        batchMean,
                        batchVariance,
                        inputGradient,
                        gammaGradient,
                        betaGradient);
        outputGradient.release();

        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor(GAMMA, gammaGradient);
        gradient.setGradientFor(BETA, betaGradient);
        gradient.setGradientFor(GLOBAL_MEAN, towards(batchMean, GLOBAL_MEAN));
        gradient.setGradientFor(GLOBAL_VAR, towards(batchVariance, GLOBAL_VAR));
        return new Pair<>(gradient, inputGradient);
    }

    /** What a prediction normalises with. */
    Statistics statistics() {
        return new Statistics(
                params.get(GAMMA),
                params.get(BETA),
                params.get(GLOBAL_MEAN),
                params.get(GLOBAL_VAR),
                layerConf().getEps());
    }

    /** As in DL4J: the value that is subtracted from a running statistic to move it towards the batch's statistic. */
    private INDArray towards(INDArray ofBatch, String statistic) {
        INDArray step = gradientViews.get(statistic);
        FloatBuffer steps = Addresses.values(step);
        FloatBuffer running = Addresses.values(params.get(statistic));
        FloatBuffer batch = Addresses.values(ofBatch);
        float share = (float) (1 - layerConf().getDecay());
        for (int i = 0; i < steps.capacity(); i++) {
            steps.put(i, (running.get(i) - batch.get(i)) * share);
        }
        return step;
    }

    private record Work(ImageShape shape, Rectifier rectifier) {}
}
