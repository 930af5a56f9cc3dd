package io.github.resnetspark.storage;

import io.github.resnetspark.text.ShownText;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a process which is no more had open for writing. HDFS lends such a file to its writer, and until it takes it
 * back by itself, which may take an hour, the end of the file may not be readable.
 */
public final class AbandonedFile {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFile.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private AbandonedFile() {}

    /**
     * Has HDFS close a file that nobody writes any more, and waits until it has. On other file systems nothing has to be
     * done.
     *
     * @param file that is there
     * @throws IOException if it is still open after two minutes
     */
    public static void close(Storage storage, Path file) throws IOException {
        close(storage, file, LONGEST);
    }

    static void close(Storage storage, Path file, Duration longest) throws IOException {
        FileSystem named = Storage.reach(file, storage.configuration());
        // Behind viewfs: there may be HDFS.
        Path place = named.resolvePath(file);
        if (!(Storage.reach(place, storage.configuration()) instanceof DistributedFileSystem hdfs)
                || hdfs.isFileClosed(place)) {
            return;
        }
        LOG.info(
                "{} was left open; waiting until HDFS has closed it, for {} s at most",
                ShownText.line(place.toString()),
                longest.toSeconds());
        long begin = System.nanoTime();
        boolean closed = hdfs.recoverLease(place);
        while (!closed) {
            if (System.nanoTime() - begin > longest.toNanos()) {
                throw new IOException(place
                        + " is still open for a writer that is no more, and HDFS has not closed it in "
                        + longest.toSeconds() + " s. Check that the DataNodes with its blocks are up, and run the same"
                        + " command again.");
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
