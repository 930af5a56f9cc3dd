package io.github.resnetspark.kernels;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import io.github.resnetspark.kernels.layer.InferencePass;
import io.github.resnetspark.kernels.layer.NetworkKernels;
import io.github.resnetspark.kernels.layer.Replacement;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.update.FlatSolver;
import java.util.Arrays;
import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network whose layers are computed by a provider's kernels. In all else, and in what is saved of it, DL4J's own. */
final class AcceleratedGraph extends ComputationGraph {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels kernels;
    private transient InferencePass prediction;
    private boolean replaced;
    private boolean frozen;

    AcceleratedGraph(ComputationGraphConfiguration configuration, KernelProvider provider) {
        super(configuration);
        this.kernels = new NetworkKernels(provider);
    }

    @Override
    public void init(INDArray parameters, boolean cloneParametersArray) {
        super.init(parameters, cloneParametersArray);
        if (!replaced) {
            replaced = true;
            // Ours are subclasses of stock layers and must not look for helpers.
            LayerHelpers.disabled(() -> {
                Replacement.in(kernels, getConfiguration(), vertices, verticesMap, layers);
                return this;
            });
            if (conf().getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
                    && conf().getStepFunction() == null) {
                solver = new FlatSolver(this);
            }
        }
    }

    NetworkKernels kernels() {
        return kernels;
    }

    /** No parameter changes any more, so what is made of them is made once. */
    void freeze() {
        kernels.freeze();
        prediction = null;
        frozen = true;
    }

    /** A listener may look at what lies between input and output; where there is none, work is merged. */
    @Override
    public void computeGradientAndScore() {
        if (frozen) {
            throw new IllegalStateException("The network is frozen: it only predicts. Load it again to train it.");
        }
        if (getListeners().isEmpty()) {
            kernels.whereOnlyResultsCount(super::computeGradientAndScore);
        } else {
            super.computeGradientAndScore();
        }
    }

    /** Where nothing but the output is asked for, convolutions do at once what follows them. */
    @Override
    protected INDArray[] outputOfLayersDetached(
            boolean train,
            FwdPassType pass,
            int[] layers,
            INDArray[] features,
            INDArray[] featureMasks,
            INDArray[] labelMasks,
            boolean clearInputs,
            boolean detachedInputs,
            MemoryWorkspace outputWorkspace) {
        boolean onlyPredicts = !train
                && pass == FwdPassType.STANDARD
                && featureMasks == null
                && outputWorkspace == null
                && clearInputs
                && features.length == 1
                && features[0].rank() == 4
                && getNumOutputArrays() == 1
                && Arrays.equals(layers, getOutputLayerIndices());
        if (!onlyPredicts) {
            return super.outputOfLayersDetached(
                    train,
                    pass,
                    layers,
                    features,
                    featureMasks,
                    labelMasks,
                    clearInputs,
                    detachedInputs,
                    outputWorkspace);
        }
        if (prediction == null) {
            prediction = InferencePass.through(kernels, getConfiguration(), vertices, topologicalSortOrder());
        }
        return new INDArray[] {prediction.of(features[0])};
    }

    @Override
    public void close() {
        super.close();
        kernels.close();
    }
}
