package io.github.resnetspark.predict;

import io.github.resnetspark.failure.Failure.Kind;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The one thread that computes with a network, for whoever asks. */
final class NetworkThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(NetworkThread::daemon);
    private final ComputationGraph network;
    private final BatchNetwork batches;

    /** @param network closed together with this */
    NetworkThread(ComputationGraph network) {
        this.network = network;
        this.batches = new BatchNetwork(network);
    }

    /** A batch that waits for the network, or is there. */
    record Answer(PictureBatch batch, Future<float[][]> probabilities) {

        /** Waits, and names what came out. */
        List<PictureResult> results(List<String> labels) {
            try {
                // As whatever else waits: an answer that happens to be there already makes no difference.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return batch.results(labels, probabilities.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                // Taken off the queue; never interrupted on the network's thread, which others wait for too.
                probabilities.cancel(false);
                Thread.currentThread().interrupt();
                throw new PredictionException(
                        Kind.INTERRUPTED, "The thread was interrupted while it waited. Ask again.", e);
            }
        }
    }

    /**
     * Queues a batch; never behind the end of the network, which {@link #close} queues.
     *
     * @throws PredictionException if this is closed
     */
    synchronized Answer ask(PictureBatch batch) {
        try {
            return new Answer(batch, thread.submit(() -> batches.probabilities(batch)));
        } catch (RejectedExecutionException e) {
            throw new PredictionException(Kind.USAGE, "The predictor is closed. Open another one.", e);
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
