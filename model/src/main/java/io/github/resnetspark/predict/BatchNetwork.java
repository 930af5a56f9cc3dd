package io.github.resnetspark.predict;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.model.PredictionFailures;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs batches through a network. Use it from one thread only: DL4J's workspaces belong to threads. */
public final class BatchNetwork {
    /** Up to the largest of these, the network sees only batches of these sizes, so that it needs few kernels. */
    private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32};

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
        float[][] probabilities = run(List.of(batch)).get(0);
        requireNumbers(probabilities);
        return probabilities;
    }

    /**
     * Runs several batches together. Their pictures have the same size.
     *
     * @return the probabilities of each batch, which may be NaN or infinite
     */
    List<float[][]> run(List<PictureBatch> batches) {
        List<PictureBatch> readable =
                batches.stream().filter(PictureBatch::anyReadable).toList();
        int pictures = readable.stream().mapToInt(PictureBatch::pictures).sum();
        float[][] probabilities = pictures == 0 ? new float[0][] : run(readable, pictures);
        List<float[][]> each = new ArrayList<>();
        int first = 0;
        for (PictureBatch batch : batches) {
            if (batch.anyReadable()) {
                each.add(Arrays.copyOfRange(probabilities, first, first + batch.pictures()));
                first += batch.pictures();
            } else {
                each.add(new float[batch.pictures()][0]);
            }
        }
        return each;
    }

    private float[][] run(List<PictureBatch> batches, int pictures) {
        int side = batches.get(0).size();
        INDArray input =
                Nd4j.createUninitializedDetached(DataType.FLOAT, padded(pictures), RgbImage.CHANNELS, side, side);
        FloatBuffer values = input.data().pointer().asByteBuffer().asFloatBuffer();
        batches.forEach(batch -> values.put(batch.values()));
        // What a picture of padding is does not matter, but it should not be slow, as denormal numbers are.
        while (values.hasRemaining()) {
            values.put(0);
        }
        INDArray output = network.outputSingle(false, input);
        float[][] probabilities = output.toFloatMatrix();
        // The garbage collector would free them too late: it sees only their small Java objects.
        output.close();
        input.close();
        return probabilities;
    }

    private static int padded(int pictures) {
        for (int size : SIZES) {
            if (size >= pictures) {
                return size;
            }
        }
        return pictures;
    }

    /** @throws PredictionException if a probability is NaN or infinite */
    static void requireNumbers(float[]... probabilities) {
        for (float[] picture : probabilities) {
            for (float probability : picture) {
                if (!Float.isFinite(probability)) {
                    throw new PredictionException(Kind.DATA, PredictionFailures.notFinite());
                }
            }
        }
    }
}
