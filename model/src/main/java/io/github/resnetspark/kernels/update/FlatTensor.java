package io.github.resnetspark.kernels.update;

import io.github.resnetspark.kernels.update.FlatStep.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * A tensor's position in the flat vectors, and how it is updated.
 *
 * @param start index of its first value among the parameters
 * @param length number of values
 * @param velocityStart index of its first velocity
 * @param updater {@code Nesterovs}, or {@code NoOp} if the gradient itself is subtracted
 * @param decays factors of the parameter that are added to the gradient
 * @param summed whether its gradient is a sum over the minibatch
 */
record FlatTensor(
        int start, int length, int velocityStart, IUpdater updater, List<L2Regularization> decays, boolean summed) {

    /** Empty if the network's configuration needs more than Nesterov momentum and coupled L2. */
    static Optional<FlatTensor> of(ParamState variable, int velocityStart) {
        TrainingConfig layer = variable.getLayer().getConfig();
        IUpdater updater = layer.getUpdaterByParam(variable.getParamName());
        GradientNormalization normalization = layer.getGradientNormalization();
        boolean constrained = layer instanceof Layer configuration
                && configuration.getConstraints() != null
                && !configuration.getConstraints().isEmpty();
        if (!(updater instanceof Nesterovs || updater instanceof NoOp)
                || (normalization != null && normalization != GradientNormalization.None)
                || constrained
                || layer.isPretrainParam(variable.getParamName())) {
            return Optional.empty();
        }
        List<L2Regularization> decays = new ArrayList<>();
        List<Regularization> regularization = layer.getRegularizationByParam(variable.getParamName());
        for (Regularization rule : regularization == null ? List.<Regularization>of() : regularization) {
            if (!(rule instanceof L2Regularization decay)) {
                return Optional.empty();
            }
            decays.add(decay);
        }
        return Optional.of(new FlatTensor(
                variable.getParamOffsetStart(),
                variable.getParamOffsetEnd() - variable.getParamOffsetStart(),
                velocityStart,
                updater,
                List.copyOf(decays),
                variable.getLayer().updaterDivideByMinibatch(variable.getParamName())));
    }

    /** The number of its velocities. */
    int velocities() {
        return updater instanceof Nesterovs ? length : 0;
    }

    /** The values of its schedules at a time. */
    Rule ruleAt(Moment moment) {
        double decay = 0;
        for (L2Regularization rule : decays) {
            decay += rule.getL2().valueAt(moment.iteration(), moment.epoch());
        }
        float divisor = summed ? moment.minibatch() : 1;
        if (updater instanceof Nesterovs nesterovs) {
            double momentum = nesterovs.currentMomentum(moment.iteration(), moment.epoch());
            double rate = nesterovs.getLearningRate(moment.iteration(), moment.epoch());
            return new Rule(divisor, (float) decay, (float) rate, (float) momentum);
        }
        return new Rule(divisor, (float) decay, 1, 0);
    }

    /**
     * The hyperparameters of one step.
     *
     * @param divisor of the gradient
     * @param decay coupled weight decay
     */
    record Rule(float divisor, float decay, float rate, float momentum) {

        /** {@code w ← w − g}. */
        void subtract(float[] parameters, float[] gradients, int length) {
            for (int i = 0; i < length; i++) {
                parameters[i] -= gradients[i] / divisor + decay * parameters[i];
            }
        }

        /** {@code v' = μ v − η g; w ← w − μ v + (1 + μ) v'} (Sutskever et al. 2013, as in DL4J). */
        void nesterov(float[] parameters, float[] gradients, float[] velocities, int length) {
            for (int i = 0; i < length; i++) {
                float gradient = gradients[i] / divisor + decay * parameters[i];
                float before = momentum * velocities[i];
                float velocity = before - rate * gradient;
                velocities[i] = velocity;
                parameters[i] -= before - (1 + momentum) * velocity;
            }
        }
    }
}
