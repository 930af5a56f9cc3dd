package io.github.resnetspark.job.preflight;

import io.github.resnetspark.network.LayerTable;

/**
 * Memory that one replica needs outside the Java heap, or on its GPU.
 *
 * @param parameters of the network
 * @param gradients the same size
 * @param updaterState the momentum, the same size
 * @param perPicture for each picture of a minibatch: the outputs of all layers, half as much again for gradients and scratch memory,
 *     and the picture itself
 */
public record WorkerMemory(long parameters, long gradients, long updaterState, long perPicture) {
    /**
     * Measured with oneDNN, per byte of the layers' outputs: 1.0 for ResNet-50, 1.5 for ResNet-18 and ResNet-20.
     */
    private static final double PER_OUTPUT = 1.5;

    /** Memory of a process outside its heap before it has a network: Java itself and native libraries. */
    static final long PROCESS = 300L << 20;

    /**
     * The memory of a replica of a network.
     *
     * @param inputSize side of a picture, in pixels
     */
    public static WorkerMemory of(LayerTable table, int inputSize) {
        long vector = table.parameters() * Float.BYTES;
        long picture = 3L * inputSize * inputSize * Float.BYTES;
        return new WorkerMemory(vector, vector, vector, Math.round(table.activationBytes() * PER_OUTPUT) + picture);
    }

    /** Bytes of a replica with minibatches of this size. */
    public long with(int batchSize) {
        return fixed() + perPicture * batchSize;
    }

    /** The largest minibatch that fits into this number of bytes; 0 if not even one picture fits. */
    int largestBatch(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(0, (bytes - fixed()) / perPicture)));
    }

    private long fixed() {
        return parameters + gradients + updaterState;
    }
}
