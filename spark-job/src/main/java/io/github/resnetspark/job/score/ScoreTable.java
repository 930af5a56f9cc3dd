package io.github.resnetspark.job.score;

import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.storage.AtomicDirectory;
import io.github.resnetspark.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The directory of a table. It appears when it is complete, and is never overwritten. */
final class ScoreTable implements Closeable {
    private final Storage storage;
    private final Path place;
    private final AtomicDirectory directory;

    ScoreTable(Path place, Storage storage) throws IOException {
        this.storage = storage;
        this.place = storage.qualified(place);
        this.directory = AtomicDirectory.at(storage, this.place);
    }

    /** Why no table can be written there, with the remedy. */
    Optional<String> obstacle() throws IOException {
        return storage.exists(place) ? Optional.of(ScoreFailures.tableExists(place.toString())) : Optional.empty();
    }

    /** Where to write its files: a hidden directory next to it. */
    Path directory() {
        return directory.aside();
    }

    /**
     * Publishes the files in one step, without the leftovers of killed tasks.
     *
     * @throws IOException if the directory was created meanwhile
     */
    void publish() throws IOException {
        for (FileStatus file : storage.list(directory())) {
            if (ScoreFile.isUnfinished(file.getPath())) {
                storage.delete(file.getPath());
            }
        }
        directory.publishNew();
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        directory.close();
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
