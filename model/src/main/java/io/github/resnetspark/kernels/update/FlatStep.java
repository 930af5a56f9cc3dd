package io.github.resnetspark.kernels.update;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;

/** One training step on the flat vectors of a network, tensor by tensor, in pieces that fit into the cache. */
final class FlatStep {
    private static final int PIECE = 4096;

    private final List<FlatTensor> tensors;
    private final float[] parameters = new float[PIECE];
    private final float[] gradients = new float[PIECE];
    private final float[] velocities = new float[PIECE];

    private FlatStep(List<FlatTensor> tensors) {
        this.tensors = tensors;
    }

    /** The step for an updater's configuration; empty if this class does not support the configuration. */
    static Optional<FlatStep> of(ComputationGraphUpdater updater) {
        if (updater.getClass() != ComputationGraphUpdater.class) {
            return Optional.empty();
        }
        List<FlatTensor> tensors = new ArrayList<>();
        for (var block : updater.getUpdaterBlocks()) {
            int velocity = block.getUpdaterViewOffsetStart();
            for (var variable : block.getLayersAndVariablesInBlock()) {
                Optional<FlatTensor> tensor = FlatTensor.of(variable, velocity);
                if (tensor.isEmpty()) {
                    return Optional.empty();
                }
                tensors.add(tensor.get());
                velocity += tensor.get().velocities();
            }
        }
        return Optional.of(new FlatStep(tensors));
    }

    /**
     * The time of a step.
     *
     * @param minibatch number of examples whose gradients were summed
     */
    record Moment(int minibatch, int iteration, int epoch) {}

    /**
     * Updates parameters and velocities.
     *
     * @param allParameters {@code [numParams]}
     * @param allGradients {@code [numParams]}, sums over the minibatch; read only
     * @param allVelocities the velocities of the tensors that have any, concatenated
     */
    void apply(FloatBuffer allParameters, FloatBuffer allGradients, FloatBuffer allVelocities, Moment moment) {
        for (FlatTensor tensor : tensors) {
            FlatTensor.Rule rule = tensor.ruleAt(moment);
            for (int done = 0; done < tensor.length(); done += PIECE) {
                int length = Math.min(PIECE, tensor.length() - done);
                int place = tensor.start() + done;
                allParameters.get(place, parameters, 0, length);
                allGradients.get(place, gradients, 0, length);
                if (tensor.velocities() == 0) {
                    rule.subtract(parameters, gradients, length);
                } else {
                    int velocityPlace = tensor.velocityStart() + done;
                    allVelocities.get(velocityPlace, velocities, 0, length);
                    rule.nesterov(parameters, gradients, velocities, length);
                    allVelocities.put(velocityPlace, velocities, 0, length);
                }
                allParameters.put(place, parameters, 0, length);
            }
        }
    }
}
