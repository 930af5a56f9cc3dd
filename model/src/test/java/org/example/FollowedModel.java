package org.example;

import io.github.resnetspark.predict.Prediction;
import io.github.resnetspark.predict.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The model that a link names. It is opened again when the link names another one. */
public final class FollowedModel implements AutoCloseable {
    private final Path link;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Path model;
    private Predictor predictor;

    /** @param link such as /models/flowers/current */
    public FollowedModel(Path link) throws IOException {
        this.link = link;
        this.model = link.toRealPath();
        this.predictor = Predictor.open(model);
    }

    /** Looks at the link; call this every minute. Returns whether there is another model. */
    public synchronized boolean refresh() throws IOException {
        Path now = link.toRealPath();
        if (now.equals(model)) {
            return false;
        }
        Predictor next = Predictor.open(now);
        Predictor old = predictor;
        lock.writeLock().lock(); // waits for the requests that use the old model
        try {
            predictor = next;
            model = now;
        } finally {
            lock.writeLock().unlock();
        }
        old.close();
        return true;
    }

    /** Any number of threads may call this at once, and during a refresh. */
    public Prediction predict(byte[] picture) {
        lock.readLock().lock();
        try {
            return predictor.predict(picture);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public synchronized void close() {
        predictor.close();
    }
}
