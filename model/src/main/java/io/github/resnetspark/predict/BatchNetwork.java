package io.github.resnetspark.predict;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.model.PredictionFailures;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs batches through a network. Use it from one thread only: DL4J's workspaces belong to threads. */
public final class BatchNetwork {
    private final ComputationGraph network;

    /** @param network with the input {@code [N, 3, S, S]} and the output {@code [N, classes]}; the caller closes it */
    public BatchNetwork(ComputationGraph network) {
        this.network = network;
    }

    /**
     * Runs pictures through the network.
     *
     * @return {@code [N][classes]}; the rows are empty if no picture is readable
     * @throws PredictionException if a probability is NaN or infinite
     */
    public float[][] probabilities(PictureBatch batch) {
        if (!batch.anyReadable()) {
            return new float[batch.pictures()][0];
        }
        int[] shape = {batch.pictures(), RgbImage.CHANNELS, batch.size(), batch.size()};
        INDArray pictures = Nd4j.create(batch.values(), shape, 'c');
        INDArray output = network.outputSingle(false, pictures);
        float[][] probabilities = output.toFloatMatrix();
        // The garbage collector would free them too late: it sees only their small Java objects.
        output.close();
        pictures.close();
        requireNumbers(probabilities);
        return probabilities;
    }

    private static void requireNumbers(float[][] probabilities) {
        for (float[] picture : probabilities) {
            for (float probability : picture) {
                if (!Float.isFinite(probability)) {
                    throw new PredictionException(Kind.DATA, PredictionFailures.notFinite());
                }
            }
        }
    }
}
