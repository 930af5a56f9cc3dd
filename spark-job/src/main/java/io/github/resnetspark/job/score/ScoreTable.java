package io.github.resnetspark.job.score;

import io.github.resnetspark.shard.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The place of a table: there whole or not at all, and never overwritten. */
final class ScoreTable implements Closeable {
    private final Storage storage;
    private final Path place;
    private final Path aside;

    ScoreTable(Path place, Storage storage) throws IOException {
        this.storage = storage;
        this.place = storage.qualified(place);
        this.aside = new Path(this.place.getParent(), "." + place.getName() + ".writing-" + UUID.randomUUID());
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
        return aside;
    }

    /**
     * Gives the files their place, in one step, without what tasks that were killed have left.
     *
     * @throws IOException if the place was taken meanwhile
     */
    void publish() throws IOException {
        for (FileStatus file : storage.list(aside)) {
            if (ScoreFile.isUnfinished(file.getPath())) {
                storage.delete(file.getPath());
            }
        }
        storage.renameNew(aside, place);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        storage.delete(aside);
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
