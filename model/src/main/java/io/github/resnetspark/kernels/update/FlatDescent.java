package io.github.resnetspark.kernels.update;

import io.github.resnetspark.kernels.provider.Addresses;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.deeplearning4j.optimize.stepfunctions.NegativeDefaultStepFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stochastic gradient descent whose step is a {@link FlatStep}. If a listener may inspect the update, or if the network
 * needs something that a flat step does not support, DL4J's own step is used.
 */
final class FlatDescent extends StochasticGradientDescent {
    private static final long serialVersionUID = 1;

    private final transient ComputationGraph network;
    /** The updater that the step was created from. */
    private transient Optional<FlatStep> flatStep;

    private transient ComputationGraphUpdater updaterOfStep;

    FlatDescent(ComputationGraph network) {
        super(network.conf(), new NegativeDefaultStepFunction(), network.getListeners(), network);
        this.network = network;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Detects that the network has another updater.
    public boolean optimize(LayerWorkspaceMgr workspaces) {
        ComputationGraphUpdater updater = getComputationGraphUpdater();
        if (updater != updaterOfStep) {
            updaterOfStep = updater;
            flatStep = FlatStep.of(updater);
        }
        if (accumulator != null
                || !network.conf().isMiniBatch()
                || !trainingListeners.isEmpty()
                || flatStep.isEmpty()) {
            return super.optimize(workspaces);
        }
        network.computeGradientAndScore(workspaces);
        score = network.score();
        INDArray velocities = updater.getStateViewArray();
        flatStep.get()
                .apply(
                        Addresses.values(network.params()),
                        Addresses.values(network.getFlattenedGradients()),
                        velocities == null ? FloatBuffer.allocate(0) : Addresses.values(velocities),
                        new FlatStep.Moment(network.batchSize(), getIterationCount(network), getEpochCount(network)));
        incrementIterationCount(network, 1);
        return true;
    }
}
