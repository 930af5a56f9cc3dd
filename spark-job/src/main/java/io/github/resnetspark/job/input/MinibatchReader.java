package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.ReplicaShare;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Iterates over the minibatches of a share, each in new arrays, for callers that are not replicas. */
public final class MinibatchReader implements AutoCloseable {
    private final MinibatchLoader loader;
    private final Deque<Future<MinibatchLoader.Minibatch>> coming;

    /** @param epoch from 0, on which the augmentation depends */
    public MinibatchReader(MinibatchSource source, ReplicaShare share, int epoch) {
        this.loader = new MinibatchLoader(source);
        this.coming = new ArrayDeque<>(loader.load(share, epoch));
    }

    /**
     * The next minibatch: pictures {@code [N, 3, S, S]} and labels {@code [N, classes]}, float32.
     *
     * @throws java.util.NoSuchElementException after the last
     */
    public DataSet next() throws InterruptedException {
        MinibatchLoader.Minibatch minibatch = await(coming.removeFirst());
        int size = loader.source().preprocessing().inputSize();
        INDArray pictures = Nd4j.createUninitializedDetached(DataType.FLOAT, minibatch.size(), 3, size, size);
        INDArray labels = Nd4j.createUninitializedDetached(
                DataType.FLOAT, minibatch.size(), loader.source().shards().classes());
        FloatArrays.write(minibatch.pictures(), pictures);
        FloatArrays.write(minibatch.labels(), labels);
        loader.release(minibatch);
        return new DataSet(pictures, labels);
    }

    /** Waits for a minibatch. An exception from the loader's threads is rethrown unchanged. */
    public static MinibatchLoader.Minibatch await(Future<MinibatchLoader.Minibatch> minibatch)
            throws InterruptedException {
        try {
            return minibatch.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof ExecutionException decoding ? decoding.getCause() : e.getCause();
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
        }
    }

    @Override
    public void close() {
        coming.forEach(minibatch -> minibatch.cancel(true));
        loader.close();
    }
}
