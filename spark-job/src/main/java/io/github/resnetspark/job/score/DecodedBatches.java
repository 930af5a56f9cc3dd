package io.github.resnetspark.job.score;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.predict.EncodedPicture;
import io.github.resnetspark.predict.PictureBatch;
import io.github.resnetspark.predict.PictureBatch.Decoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Batches of pictures in their order. A thread reads and decodes the next batch while the network computes the last
 * one.
 *
 * @param <P> what has a picture, e.g. a row of a table
 */
final class DecodedBatches<P> implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DecodedBatches::daemon);
    private final Iterator<P> pictures;
    private final Function<P, EncodedPicture> encoded;
    private final int batchSize;
    private final Preprocessing preprocessing;
    private Optional<Future<Decoded<P>>> next;

    /**
     * @param pictures used on the calling thread only, because Spark's iterators belong to the task's thread
     * @param encoded the picture of each, which is read on the other thread
     */
    DecodedBatches(
            Iterator<P> pictures, Function<P, EncodedPicture> encoded, int batchSize, Preprocessing preprocessing) {
        this.pictures = pictures;
        this.encoded = encoded;
        this.batchSize = batchSize;
        this.preprocessing = preprocessing;
        this.next = decodeNext();
    }

    /**
     * A batch.
     *
     * @param pictures in the batch
     * @param batch the same, ready for the network
     */
    record Decoded<P>(List<P> pictures, PictureBatch batch) {}

    /** Waits for the next batch; nothing after the last. */
    Optional<Decoded<P>> next() throws IOException, InterruptedException {
        if (next.isEmpty()) {
            return Optional.empty();
        }
        try {
            Decoded<P> decoded = next.get().get();
            next = decodeNext();
            return Optional.of(decoded);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private Optional<Future<Decoded<P>>> decodeNext() {
        List<P> batch = new ArrayList<>(batchSize);
        while (batch.size() < batchSize && pictures.hasNext()) {
            batch.add(pictures.next());
        }
        return batch.isEmpty() ? Optional.empty() : Optional.of(thread.submit(() -> decode(batch)));
    }

    private Decoded<P> decode(List<P> batch) throws IOException {
        List<EncodedPicture> files = batch.stream().map(encoded).toList();
        return new Decoded<>(batch, PictureBatch.of(files, preprocessing, Decoding.ON_CALLING_THREAD));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "score-decoder");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
