package io.github.resnetspark.predict;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.image.RgbImage;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network, asked for one batch after another. For one thread, always the same one: DL4J's workspaces belong to threads. */
public final class BatchNetwork {
    private final ComputationGraph network;

    /** @param network pictures {@code [N, 3, S, S]} in, probabilities {@code [N, classes]} out; the caller closes it */
    public BatchNetwork(ComputationGraph network) {
        this.network = network;
    }

    /**
     * Runs pictures through the network.
     *
     * @return {@code [N][classes]}; empty where no picture is readable
     * @throws PredictionException if a probability is not a number
     */
    public float[][] probabilities(PictureBatch batch) {
        if (!batch.anyReadable()) {
            return new float[batch.pictures()][0];
        }
        int[] shape = {batch.pictures(), RgbImage.CHANNELS, batch.size(), batch.size()};
        INDArray pictures = Nd4j.create(batch.values(), shape, 'c');
        INDArray output = network.outputSingle(false, pictures);
        float[][] probabilities = output.toFloatMatrix();
        // Not left to the collector of garbage, which sees only their small Java objects.
        output.close();
        pictures.close();
        requireNumbers(probabilities);
        return probabilities;
    }

    private static void requireNumbers(float[][] probabilities) {
        for (float[] picture : probabilities) {
            for (float probability : picture) {
                if (!Float.isFinite(probability)) {
                    throw new PredictionException(
                            Kind.DATA,
                            "The network's probabilities are no numbers."
                                    + " Its weights have diverged or are damaged: train or import it again.");
                }
            }
        }
    }
}
