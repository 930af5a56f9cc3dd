package io.github.resnetspark.storage;

import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.message.data.StorageNotices;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a dead process had open for writing. HDFS gives the writer a lease, and until the lease expires, which
 * may take an hour, the end of the file may not be readable.
 */
public final class AbandonedFile {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFile.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private AbandonedFile() {}

    /**
     * Makes HDFS close a file that nobody writes any more, and waits for it. Does nothing on other file systems.
     *
     * @param file an existing file
     * @throws IOException if it is still open after two minutes
     */
    public static void close(Storage storage, Path file) throws IOException {
        close(storage, file, LONGEST);
    }

    static void close(Storage storage, Path file, Duration longest) throws IOException {
        FileSystem named = Storage.reach(file, storage.configuration());
        // A viewfs: path may resolve to HDFS.
        Path place = named.resolvePath(file);
        if (!(Storage.reach(place, storage.configuration()) instanceof DistributedFileSystem hdfs)
                || hdfs.isFileClosed(place)) {
            return;
        }
        LOG.info("{}", StorageNotices.waitingForClose(place.toString(), longest));
        long begin = System.nanoTime();
        boolean closed = hdfs.recoverLease(place);
        while (!closed) {
            if (System.nanoTime() - begin > longest.toNanos()) {
                throw new IOException(StorageFailures.stillOpen(place.toString(), longest));
            }
            sleep();
            closed = hdfs.isFileClosed(place);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Waiting for HDFS was interrupted.", e);
        }
    }
}
