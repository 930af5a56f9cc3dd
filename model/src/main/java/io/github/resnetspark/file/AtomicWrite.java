package io.github.resnetspark.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One local file or directory being written under a hidden name beside its place, then renamed, so that it is there whole or not
 * at all. Closed without {@link #commit} it leaves nothing behind.
 */
public final class AtomicWrite implements Closeable {
    private final Path target;
    private final Path aside;

    private AtomicWrite(Path target) {
        this.target = target;
        this.aside = target.resolveSibling(AsideName.of(target.getFileName().toString()));
    }

    /**
     * One for a place; nothing is made yet.
     *
     * @param target the place, whose directory is there
     */
    public static AtomicWrite to(Path target) {
        return new AtomicWrite(target.toAbsolutePath());
    }

    /** Where to make the file or directory. */
    public Path aside() {
        return aside;
    }

    /**
     * Gives it its place in one step. A file replaces another file, a directory an empty one.
     *
     * @throws IOException if something else has the place
     */
    public void commit() throws IOException {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(aside)) {
            TemporaryDirectory.deleteTree(aside);
        }
    }
}
