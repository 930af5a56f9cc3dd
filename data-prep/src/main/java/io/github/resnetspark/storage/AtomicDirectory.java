package io.github.resnetspark.storage;

import io.github.resnetspark.file.AsideName;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A directory that readers see completely or not at all. It is filled under a hidden name next to its final location,
 * an {@link AsideName}, and then renamed. If it is closed before that, it is deleted. Only a killed process leaves the
 * hidden directory behind.
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

    /** Creates one whose hidden name, {@code .NAME.writing-…}, contains the final name. */
    public static AtomicDirectory at(Storage storage, Path place) {
        return new AtomicDirectory(storage, place, AsideName.of(place.getName()));
    }

    /** Creates one whose hidden name, {@code .writing-…}, does not contain the final name. */
    public static AtomicDirectory unnamedAt(Storage storage, Path place) {
        return new AtomicDirectory(storage, place, AsideName.unnamed());
    }

    /** Where to write the files. The directory does not exist yet. */
    public Path aside() {
        return aside;
    }

    /**
     * Renames the directory, which must not be empty, to its final name in one atomic step. The name must be free.
     *
     * @throws IOException if the name was taken in the meantime
     */
    public void publishNew() throws IOException {
        storage.renameNewDirectory(aside, place);
        published = true;
    }

    /** Deletes an older directory of the final name, then renames this one. */
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
