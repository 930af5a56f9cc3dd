package io.github.resnetspark.job.worker;

import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's updater with {@link GradientClipping} before weight decay and momentum, where the gradient is the mean over the
 * minibatch and still whole. DL4J's own clipping works layer by layer. It is no listener, for a network that is listened to
 * has to show what lies between its layers, and computes it apart.
 */
final class ClippingUpdater extends ComputationGraphUpdater {
    private final GradientClipping clipping;

    ClippingUpdater(ComputationGraph net, GradientClipping clipping) {
        super(net);
        this.clipping = clipping;
    }

    @Override
    protected void divideByMinibatch(boolean external, Gradient gradient, int batchSize) {
        super.divideByMinibatch(external, gradient, batchSize);
        INDArray flat = external ? gradient.gradient() : getFlattenedGradientsView();
        clipping.clip(new FloatPointer(flat.data().addressPointer())
                .capacity(flat.length())
                .asBuffer());
    }
}
