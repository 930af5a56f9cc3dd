package io.github.resnetspark.storage;

import io.github.resnetspark.file.AsideName;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A directory being written that readers see whole or not at all: it is filled under a hidden name beside its place, an {@link
 * AsideName}, then renamed. Closed before that it leaves nothing behind; only a process that is killed leaves the hidden
 * directory.
 */
public final class AtomicDirectory implements Closeable {
    private final Storage storage;
    private final Path place;
    private final Path aside;
    private boolean published;

    private AtomicDirectory(Storage storage, Path place, String asideName) {
        this.storage = storage;
        this.place = place;
        this.aside = new Path(place.getParent(), asideName);
    }

    /** One whose hidden name, {@code .NAME.writing-…}, tells what it will be called. */
    public static AtomicDirectory at(Storage storage, Path place) {
        return new AtomicDirectory(storage, place, AsideName.of(place.getName()));
    }

    /** One whose hidden name, {@code .writing-…}, does not tell what it will be called. */
    public static AtomicDirectory unnamedAt(Storage storage, Path place) {
        return new AtomicDirectory(storage, place, AsideName.unnamed());
    }

    /** Where to write the files; not made yet. */
    public Path aside() {
        return aside;
    }

    /**
     * Gives the directory, in which there is something, its place in one step, where nothing has that.
     *
     * @throws IOException if the place was taken meanwhile
     */
    public void publishNew() throws IOException {
        storage.renameNewDirectory(aside, place);
        published = true;
    }

    /** Gives the directory its place, from which an older one is deleted first. */
    public void publishInPlaceOfOlder() throws IOException {
        storage.delete(place);
        storage.rename(aside, place);
        published = true;
    }

    @Override
    public void close() throws IOException {
        if (!published) {
            storage.delete(aside);
        }
    }
}
