package io.github.resnetspark.job.replica;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's updater with {@link GradientClipping} and {@link RateScaling} before weight decay and momentum, when the gradient is the mean
 * over the minibatch and not yet changed. DL4J's own clipping works layer by layer. This is not a listener, because a network with
 * listeners must expose the values between its layers, and so computes each layer separately.
 */
final class DescentUpdater extends ComputationGraphUpdater {
    private final INDArray parameters;
    private final Optional<GradientClipping> clipping;
    private final Optional<RateScaling> scaling;

    DescentUpdater(ComputationGraph net, Descent descent) {
        super(net);
        this.parameters = net.params();
        this.clipping =
                descent.clipNorm() > 0 ? Optional.of(GradientClipping.of(net, descent.clipNorm())) : Optional.empty();
        this.scaling = descent.trustCoefficient() > 0 || !descent.partFactors().isEmpty()
                ? Optional.of(RateScaling.of(net, descent))
                : Optional.empty();
    }

    @Override
    protected void divideByMinibatch(boolean external, Gradient gradient, int batchSize) {
        super.divideByMinibatch(external, gradient, batchSize);
        FloatBuffer flat = values(external ? gradient.gradient() : getFlattenedGradientsView());
        clipping.ifPresent(limit -> limit.clip(flat));
        scaling.ifPresent(rates -> rates.scale(flat, values(parameters)));
    }

    private static FloatBuffer values(INDArray vector) {
        return new FloatPointer(vector.data().addressPointer())
                .capacity(vector.length())
                .asBuffer();
    }
}
