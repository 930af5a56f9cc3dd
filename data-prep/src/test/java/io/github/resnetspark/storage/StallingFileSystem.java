package io.github.resnetspark.storage;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as a file system that can become unreachable for a while, so that callers wait. */
public final class StallingFileSystem extends RawLocalFileSystem {
    private final ReadWriteLock reach = new ReentrantReadWriteLock(true);

    @Override
    public URI getUri() {
        return URI.create("stalling:///");
    }

    /** Blocks all calls for some milliseconds. */
    void stall(long milliseconds) throws InterruptedException {
        reach.writeLock().lock();
        try {
            Thread.sleep(milliseconds);
        } finally {
            reach.writeLock().unlock();
        }
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        reach.readLock().lock();
        try {
            return super.getFileStatus(path);
        } finally {
            reach.readLock().unlock();
        }
    }
}
