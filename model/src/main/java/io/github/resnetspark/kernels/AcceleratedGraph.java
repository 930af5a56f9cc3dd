package io.github.resnetspark.kernels;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import io.github.resnetspark.kernels.layer.ForwardOperations;
import io.github.resnetspark.kernels.layer.NetworkKernels;
import io.github.resnetspark.kernels.layer.Predictions;
import io.github.resnetspark.kernels.layer.Replacement;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.update.FlatSolver;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network whose layers are computed by a provider's kernels. Everything else, and its saved form, is DL4J's own. */
final class AcceleratedGraph extends ComputationGraph {
    private static final long serialVersionUID = 1;

    private final transient NetworkKernels kernels;
    private transient Predictions predictions;
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
            // Our layers are subclasses of stock layers and must not search for helpers.
            LayerHelpers.disabled(() -> {
                Replacement.in(kernels, getConfiguration(), vertices, verticesMap, layers);
                return this;
            });
            predictions = new Predictions(kernels, new ForwardOperations(vertices, topologicalSortOrder()));
            if (conf().getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
                    && conf().getStepFunction() == null) {
                solver = new FlatSolver(this);
            }
        }
    }

    NetworkKernels kernels() {
        return kernels;
    }

    /** The parameters no longer change, so everything that is derived from them is computed once. */
    void freeze() {
        predictions.settle();
        frozen = true;
    }

    void settle() {
        predictions.settle();
    }

    void unsettle() {
        if (!frozen) {
            predictions.unsettle();
        }
    }

    /** A listener may inspect intermediate activations. Without one, operations are fused. */
    @Override
    public void computeGradientAndScore() {
        if (frozen) {
            throw new IllegalStateException("The network is frozen and can only predict. Load it again to train it.");
        }
        kernels.beginStep();
        if (getListeners().isEmpty()) {
            kernels.whereOnlyResultsCount(super::computeGradientAndScore);
        } else {
            super.computeGradientAndScore();
        }
    }

    /** If only the output is needed, the operations that follow a convolution are fused into it. */
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
        Optional<INDArray> predicted = onlyPredicts ? predictions.of(features[0]) : Optional.empty();
        if (predicted.isPresent()) {
            return new INDArray[] {predicted.get()};
        }
        return super.outputOfLayersDetached(
                train, pass, layers, features, featureMasks, labelMasks, clearInputs, detachedInputs, outputWorkspace);
    }

    @Override
    public void close() {
        super.close();
        kernels.close();
    }
}
