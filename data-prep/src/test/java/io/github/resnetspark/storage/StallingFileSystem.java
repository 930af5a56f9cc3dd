package io.github.resnetspark.storage;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as a file system that may be out of reach for a while: whoever asks it waits. */
public final class StallingFileSystem extends RawLocalFileSystem {
    private final ReadWriteLock reach = new ReentrantReadWriteLock(true);

    @Override
    public URI getUri() {
        return URI.create("stalling:///");
    }

    /** Lets nobody ask for so many milliseconds. */
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
