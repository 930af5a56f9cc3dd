package io.github.resnetspark.job.preflight;

import io.github.resnetspark.network.LayerTable;

/**
 * What one replica needs outside the Java heap, on a GPU there.
 *
 * @param parameters of the network
 * @param gradients as many
 * @param updaterState the momentum, as many
 * @param perPicture for each picture of a minibatch: every layer's output, half as much again for gradients on their way and
 *     scratch, and the picture itself
 */
public record WorkerMemory(long parameters, long gradients, long updaterState, long perPicture) {
    /**
     * Measured with oneDNN, per byte of the layers' outputs: 1.0 for ResNet-50, 1.5 for ResNet-18 and ResNet-20.
     */
    private static final double PER_OUTPUT = 1.5;

    /** Java's own memory outside its heap, and the libraries: what a process has before it has a network. */
    static final long PROCESS = 300L << 20;

    /**
     * Of a replica of a network.
     *
     * @param inputSize side of a picture, in pixels
     */
    public static WorkerMemory of(LayerTable table, int inputSize) {
        long vector = table.parameters() * Float.BYTES;
        long picture = 3L * inputSize * inputSize * Float.BYTES;
        return new WorkerMemory(vector, vector, vector, Math.round(table.activationBytes() * PER_OUTPUT) + picture);
    }

    /** Bytes of a replica that is fed minibatches of this size. */
    public long with(int batchSize) {
        return fixed() + perPicture * batchSize;
    }

    /** The largest minibatch that so many bytes hold; 0 if they do not hold one picture. */
    int largestBatch(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(0, (bytes - fixed()) / perPicture)));
    }

    private long fixed() {
        return parameters + gradients + updaterState;
    }
}
