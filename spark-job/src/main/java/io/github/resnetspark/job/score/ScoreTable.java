package io.github.resnetspark.job.score;

import io.github.resnetspark.storage.AtomicDirectory;
import io.github.resnetspark.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The place of a table: there whole or not at all, and never overwritten. */
final class ScoreTable implements Closeable {
    private final Storage storage;
    private final Path place;
    private final AtomicDirectory directory;

    ScoreTable(Path place, Storage storage) throws IOException {
        this.storage = storage;
        this.place = storage.qualified(place);
        this.directory = AtomicDirectory.at(storage, this.place);
    }

    /** What stands in the way of a table being written there, with the remedy. */
    Optional<String> obstacle() throws IOException {
        return storage.exists(place)
                ? Optional.of(place + " is there already, and a table is never overwritten."
                        + " Name another place, or delete that one.")
                : Optional.empty();
    }

    /** Where to write its files: beside its place, hidden. */
    Path directory() {
        return directory.aside();
    }

    /**
     * Gives the files their place, in one step, without what tasks that were killed have left.
     *
     * @throws IOException if the place was taken meanwhile
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
