package io.github.resnetspark.job.score;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.job.score.PicturePart.NamedPicture;
import io.github.resnetspark.predict.EncodedPicture;
import io.github.resnetspark.predict.PictureBatch;
import io.github.resnetspark.predict.PictureBatch.Decoding;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The batches of some parts in order. A thread reads and decodes the next batch while the network computes the last one. */
final class DecodedBatches implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DecodedBatches::daemon);
    private final Deque<PicturePart> parts;
    private final Deque<NamedPicture> waiting = new ArrayDeque<>();
    private final int batchSize;
    private final Preprocessing preprocessing;
    private final Storage storage;
    private Future<Optional<Decoded>> next;

    DecodedBatches(List<PicturePart> parts, int batchSize, Preprocessing preprocessing, Storage storage) {
        this.parts = new ArrayDeque<>(parts);
        this.batchSize = batchSize;
        this.preprocessing = preprocessing;
        this.storage = storage;
        this.next = thread.submit(this::decodeNext);
    }

    /**
     * A batch.
     *
     * @param pictures in the batch
     * @param batch the same, ready for the network
     */
    record Decoded(List<NamedPicture> pictures, PictureBatch batch) {}

    /** Waits for the next batch; nothing after the last. */
    Optional<Decoded> next() throws IOException, InterruptedException {
        try {
            Optional<Decoded> decoded = next.get();
            next = thread.submit(this::decodeNext);
            return decoded;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private Optional<Decoded> decodeNext() throws IOException {
        while (waiting.size() < batchSize && !parts.isEmpty()) {
            waiting.addAll(parts.remove().pictures(storage));
        }
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        List<NamedPicture> pictures = new ArrayList<>();
        while (pictures.size() < batchSize && !waiting.isEmpty()) {
            pictures.add(waiting.remove());
        }
        List<EncodedPicture> encoded =
                pictures.stream().map(NamedPicture::encoded).toList();
        return Optional.of(new Decoded(pictures, PictureBatch.of(encoded, preprocessing, Decoding.ON_CALLING_THREAD)));
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
