package io.github.resnetspark.predict;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.message.model.PredictionFailures;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Runs a network on one thread, for callers on any number of threads. */
final class NetworkThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(NetworkThread::daemon);
    private final ComputationGraph network;
    private final BatchNetwork batches;

    /** @param network closed together with this */
    NetworkThread(ComputationGraph network) {
        this.network = network;
        this.batches = new BatchNetwork(network);
    }

    /** A batch that is queued or done. */
    record Answer(PictureBatch batch, Future<float[][]> probabilities) {

        /** Waits for the batch and returns its results. */
        List<PictureResult> results(List<String> labels) {
            try {
                // Honour interruption even if the result is ready.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return batch.results(labels, probabilities.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                // Removes the batch from the queue. The network's thread is never interrupted, because others wait for
                // it too.
                probabilities.cancel(false);
                Thread.currentThread().interrupt();
                throw new PredictionException(Kind.INTERRUPTED, PredictionFailures.interrupted(), e);
            }
        }
    }

    /**
     * Queues a batch. Synchronized with {@link #close}, so that no batch is queued after the network is closed.
     *
     * @throws PredictionException if this is closed
     */
    synchronized Answer ask(PictureBatch batch) {
        try {
            return new Answer(batch, thread.submit(() -> batches.probabilities(batch)));
        } catch (RejectedExecutionException e) {
            throw new PredictionException(Kind.USAGE, PredictionFailures.closed(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (!thread.isShutdown()) {
            thread.execute(network::close);
            thread.shutdown();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "predictor");
        thread.setDaemon(true);
        return thread;
    }
}
