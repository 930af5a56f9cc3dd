package io.github.resnetspark.predict;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.message.model.PredictionFailures;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Runs a network on one thread, for callers on any number of threads. While the network is busy, the batches of other
 * callers wait, and then run together: one large batch takes less time than several small ones.
 */
final class NetworkThread implements AutoCloseable {
    private final ExecutorService thread;
    private final ComputationGraph network;
    private final BatchNetwork batches;
    private final int largest;
    private final Deque<Answer> waiting = new ArrayDeque<>();
    private boolean closed;

    private NetworkThread(ExecutorService thread, ComputationGraph network, int largest) {
        this.thread = thread;
        this.network = network;
        this.batches = new BatchNetwork(network);
        this.largest = largest;
    }

    /**
     * Loads a network on the thread that will run it. A network that is loaded on another thread runs up to four times as
     * slowly: OpenMP would keep its helper threads for that one too, and no longer let any of them wait actively when there
     * are more than cores.
     *
     * @param network loads it; it is closed together with the result
     * @param largest the most pictures of several batches that run together
     */
    static NetworkThread of(Callable<ComputationGraph> network, int largest) throws IOException {
        ExecutorService thread = Executors.newSingleThreadExecutor(NetworkThread::daemon);
        try {
            return new NetworkThread(thread, thread.submit(network).get(), largest);
        } catch (ExecutionException e) {
            thread.shutdown();
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw unchecked(e);
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
            throw new PredictionException(Kind.INTERRUPTED, PredictionFailures.interrupted(), e);
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    /** A batch that is queued or done. */
    record Answer(PictureBatch batch, CompletableFuture<float[][]> probabilities) {

        /** Waits for the batch and returns its results. */
        List<PictureResult> results(List<String> labels) {
            try {
                // Honour interruption even if the result is ready.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return batch.results(labels, probabilities.get());
            } catch (ExecutionException e) {
                throw unchecked(e);
            } catch (InterruptedException e) {
                // Then it does not run. The network's thread is never interrupted, because others wait for it too.
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
        if (closed) {
            throw new PredictionException(Kind.USAGE, PredictionFailures.closed());
        }
        Answer answer = new Answer(batch, new CompletableFuture<>());
        waiting.add(answer);
        thread.execute(this::run);
        return answer;
    }

    /** Runs once for each batch, unless an earlier run took that batch along. */
    private void run() {
        List<Answer> together = next();
        if (together.isEmpty()) {
            return;
        }
        try {
            run(together);
        } catch (Throwable e) {
            if (together.size() == 1) {
                fail(together.get(0), e);
            } else {
                together.forEach(this::runAlone);
            }
        }
    }

    /** What prevents one batch, or all together, need not prevent another one. */
    private void runAlone(Answer answer) {
        try {
            run(List.of(answer));
        } catch (Throwable e) {
            fail(answer, e);
        }
    }

    private void run(List<Answer> together) {
        List<float[][]> probabilities =
                batches.run(together.stream().map(Answer::batch).toList());
        for (int i = 0; i < together.size(); i++) {
            complete(together.get(i), probabilities.get(i));
        }
    }

    /** The caller throws it. */
    private static void fail(Answer answer, Throwable reason) {
        answer.probabilities().completeExceptionally(reason);
    }

    private static void complete(Answer answer, float[][] probabilities) {
        try {
            BatchNetwork.requireNumbers(probabilities);
            answer.probabilities().complete(probabilities);
        } catch (PredictionException e) {
            answer.probabilities().completeExceptionally(e);
        }
    }

    /** The batches that run together, in the order in which they were queued. */
    private synchronized List<Answer> next() {
        List<Answer> together = new ArrayList<>();
        int pictures = 0;
        while (!waiting.isEmpty()
                && (together.isEmpty() || pictures + waiting.peek().batch().pictures() <= largest)) {
            Answer answer = waiting.poll();
            if (!answer.probabilities().isCancelled()) {
                together.add(answer);
                pictures += answer.batch().pictures();
            }
        }
        return together;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
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
